"""A form whose page stayed open too long comes back with what had been typed, instead of a refusal."""

from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.middleware.csrf import REASON_CSRF_TOKEN_MISSING, REASON_NO_CSRF_COOKIE
from django.utils.datastructures import MultiValueDict
from django.utils.module_loading import import_string

from xpassfam.ui.forms import SECRETS

CSRF_MIDDLEWARE = "django.middleware.csrf.CsrfViewMiddleware"


def has_no_cookie(reason: str) -> bool:
    return reason == REASON_NO_CSRF_COOKIE


def may_come_back(request: HttpRequest, reason: str) -> bool:
    """A page of ours, posted from our own site. Another site's form is never shown filled in; the admin's can't be."""
    is_token = reason == REASON_CSRF_TOKEN_MISSING or reason.startswith("CSRF token from POST")
    match = request.resolver_match
    return bool(is_token and request.method == "POST" and match and match.app_name != "admin")


def may_be_sent_again(request: HttpRequest) -> bool:
    """A form of ours, surely: its origin was compared before its cookie was looked for. It is shown to its writer only,
    with a button: another site's form must not come out as ours."""
    is_ours = "HTTP_ORIGIN" in request.META or request.is_secure()
    match = request.resolver_match
    return bool(is_ours and request.method == "POST" and match and match.app_name != "admin")


def again(request: HttpRequest) -> HttpResponse:
    """Show the page anew, as if asked for: `request.stale_post` holds what was typed, secrets left out."""
    request.stale_post = without_secrets(request.POST)  # type: ignore[attr-defined]
    request.stale_lost_password = any("password" in name for name in request.POST)  # type: ignore[attr-defined]
    request.method = request.META["REQUEST_METHOD"] = "GET"
    request.POST = QueryDict()
    request._files = MultiValueDict()  # type: ignore[attr-defined]
    view, args, kwargs = request.resolver_match  # type: ignore[misc]
    for check in _later_checks():
        refusal = check(request, view, args, kwargs)
        if refusal is not None:
            return refusal
    return view(request, *args, **kwargs)


def without_secrets(typed: QueryDict) -> QueryDict:
    """What may be shown again: no password, no code, no token."""
    kept = QueryDict(mutable=True)
    for name, values in typed.lists():
        if not SECRETS.search(name):
            kept.setlist(name, values)
    return kept


@cache
def _later_checks() -> list[Callable[..., HttpResponse | None]]:
    """What stands between the CSRF check and the view: whoever must be signed in still must."""
    later = settings.MIDDLEWARE[settings.MIDDLEWARE.index(CSRF_MIDDLEWARE) + 1 :]
    made = [import_string(path)(lambda request: HttpResponse()) for path in later]
    return [middleware.process_view for middleware in made if hasattr(middleware, "process_view")]
