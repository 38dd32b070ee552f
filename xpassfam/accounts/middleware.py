"""Who must sign in, who is acting for which household; and nothing personal in a cache."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from xpassfam.accounts import returning
from xpassfam.accounts.models import Account
from xpassfam.accounts.sessions import IS_STRONG
from xpassfam.people import access


class SignInFirstMiddleware(LoginRequiredMiddleware):
    """Every page needs a sign-in unless its view says otherwise; who had one learns that it ended."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        """An open page does not ask who looks: it is read while the database is away."""
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., Any]) -> HttpResponse:  # type: ignore[override]
        # Told now: the dead cookie is gone by the time the sign-in page is asked for.
        if returning.is_an_act(request):
            page = returning.page_of(request)
            if urlsplit(page).path == request.path and (carried := returning.carry(request)):
                return returning.instead(request, settings.LOGIN_URL, carried)
            messages.warning(
                request,
                _(
                    "Votre session est terminée : rien n’a été fait. Connectez-vous, puis appuyez de nouveau sur le "
                    "bouton."
                ),
            )
            return redirect_to_login(page) if page else redirect(settings.LOGIN_URL)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            messages.info(request, _("Votre session est terminée. Connectez-vous pour continuer."))
        return super().handle_no_permission(request, view_func)


class AccessMiddleware:
    """Set `request.access` on pages that need a sign-in, and push the session's idle end back.

    Staff without a strong second step are nobody here, whatever opened their session.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.access, request.accesses = None, ()  # type: ignore[attr-defined]
        response = self.get_response(request)
        if "Cache-Control" not in response.headers:
            add_never_cache_headers(response)
            response.headers["Cache-Control"] = "no-store, private"
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: object, kwargs: object
    ) -> HttpResponse | None:
        if not getattr(view, "login_required", True) or not isinstance(request.user, Account):
            return None
        if request.user.is_staff and not request.session.get(IS_STRONG):
            # Nobody opens such a session any more: it is older than the second step, or not ours.
            logout(request)
            return redirect_to_login(request.get_full_path())
        now = timezone.now()
        if getattr(view, "is_use", True):
            request.session.touch(at=now)  # type: ignore[attr-defined]
        if request.user.person_id:
            accesses = access.for_account(request.user, on=timezone.localdate(now))
            request.accesses = accesses  # type: ignore[attr-defined]
            request.access = access.choose(accesses, request.session.get("household", ""))  # type: ignore[attr-defined]
        if returning.IN_SESSION in request.session:
            returning.give_back(request)
        return None
