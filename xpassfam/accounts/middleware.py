"""Who must sign in, who is acting for which household; and nothing personal in a cache."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from xpassfam.accounts.models import Account
from xpassfam.people import access


class SignInFirstMiddleware(LoginRequiredMiddleware):
    """Every page needs a sign-in unless its view says otherwise; who had one learns that it ended."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., Any]) -> HttpResponseRedirect:
        # Told now: the dead cookie is gone by the time the sign-in page is asked for.
        if _is_an_act(request):
            messages.warning(
                request,
                _(
                    "Votre session est terminée : rien n’a été fait. Connectez-vous, puis appuyez de nouveau sur le "
                    "bouton."
                ),
            )
            return redirect_to_login(_page_of(request)) if _page_of(request) else redirect(settings.LOGIN_URL)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            messages.info(request, _("Votre session est terminée. Connectez-vous pour continuer."))
        return super().handle_no_permission(request, view_func)


def _is_an_act(request: HttpRequest) -> bool:
    """A button was pressed: after the sign-in, its address alone would do nothing, or be no page."""
    return request.method not in ("GET", "HEAD") or getattr(request, "stale_post", None) is not None


def _page_of(request: HttpRequest) -> str:
    """The page of ours on which the button stands, as the browser tells it; nothing where it does not say."""
    told = urlsplit(request.META.get("HTTP_REFERER", ""))
    if told.netloc != request.get_host() or told.path in ("", "/", settings.LOGIN_URL):
        return ""
    return urlunsplit(("", "", told.path, told.query, ""))


class AccessMiddleware:
    """Set `request.access` on pages that need a sign-in, and push the session's idle end back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.access, request.accesses = None, ()  # type: ignore[attr-defined]
        response = self.get_response(request)
        if "Cache-Control" not in response.headers:
            add_never_cache_headers(response)
            response.headers["Cache-Control"] = "no-store, private"
        return response

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: object, kwargs: object) -> None:
        if not getattr(view, "login_required", True) or not isinstance(request.user, Account):
            return
        now = timezone.now()
        request.session.touch(at=now)  # type: ignore[attr-defined]
        if request.user.person_id:
            accesses = access.for_account(request.user, on=timezone.localdate(now))
            request.accesses = accesses  # type: ignore[attr-defined]
            request.access = access.choose(accesses, request.session.get("household", ""))  # type: ignore[attr-defined]
