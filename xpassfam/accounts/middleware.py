"""Who is acting, for which household; and nothing personal in a cache."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from xpassfam.accounts.models import Account
from xpassfam.people import access


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
