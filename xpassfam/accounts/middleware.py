"""Who must sign in, who is acting for which household; and nothing personal in a cache."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from xpassfam.accounts.models import Account
from xpassfam.people import access


class SignInFirstMiddleware(LoginRequiredMiddleware):
    """Every page needs a sign-in unless its view says otherwise; who had one learns that it ended."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., Any]) -> HttpResponseRedirect:
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            # Told now: the dead cookie is gone by the time the sign-in page is asked for.
            messages.info(request, _("Votre session est terminée. Connectez-vous pour continuer."))
        return super().handle_no_permission(request, view_func)


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
