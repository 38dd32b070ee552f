"""What somebody was typing when their session ended, or when they were asked again who they are: carried by the page
that asks, given back to the same account.

Locked, so that whoever sits at that computer next reads nothing of it in the page; and kept nowhere else until then.
"""

import base64
import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import resolve, reverse
from django.utils.translation import gettext as _

from xpassfam.accounts.models import Account, Session
from xpassfam.accounts.tokens import digest
from xpassfam.ui.stale import without_secrets

MOST_TYPED = 60_000  # characters, as a form sends them
GOOD_FOR = timedelta(hours=12)
IN_SESSION = "typed"


def carry(request: HttpRequest) -> str:
    """What this form sent, locked for the account whose session has just ended; empty where nobody knows whose it was
    (signed out, or ended by a new password), or where it is too much."""
    cookie = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    row = Session.objects.filter(session_key=digest(cookie)).values_list("account_id").first()
    typed = getattr(request, "stale_post", None) or without_secrets(request.POST)
    body = typed.urlencode()
    if not row or not row[0] or len(body) > MOST_TYPED:
        return ""
    said = {"account": row[0], "path": request.path, "typed": body}
    return _keys().encrypt(json.dumps(said).encode()).decode()


def hold(request: HttpRequest, carried: str, account: Account) -> None:
    """The sign-in went well: keep it with the new session, if it is theirs, until its page is asked for."""
    said = _opened(carried)
    if said and said["account"] == account.pk:
        request.session[IN_SESSION] = carried


def give_back(request: HttpRequest) -> None:
    """On its page, once: shown filled in, as a form whose page stayed open too long."""
    said = _opened(request.session.get(IN_SESSION, ""))
    if said and request.method == "GET" and request.path == said["path"]:
        del request.session[IN_SESSION]
        request.stale_post = QueryDict(said["typed"])  # type: ignore[attr-defined]


def ask_again_who(request: HttpRequest) -> HttpResponse:
    """Lead whoever is signed in to the page that asks for their password, and back."""
    if not is_an_act(request):
        return redirect_to_login(request.get_full_path(), reverse("accounts:confirm"))
    if urlsplit(page_of(request)).path == request.path and (carried := carry(request)):
        return instead(request, reverse("accounts:confirm"), carried)
    messages.warning(request, _("Rien n’a encore été fait. Prouvez que c’est vous, puis appuyez de nouveau."))
    return redirect_to_login(page_of(request) or settings.LOGIN_REDIRECT_URL, reverse("accounts:confirm"))


def instead(request: HttpRequest, path: str, carried: str) -> HttpResponse:
    """Another page at once, as if it had been asked for: what was typed goes with it, and comes back after."""
    shown = request.GET.copy()
    shown["next"] = request.get_full_path()
    request.GET, request.POST = shown, QueryDict()  # type: ignore[assignment]
    request.method = request.META["REQUEST_METHOD"] = "GET"
    request.carried, request.stale_post = carried, None  # type: ignore[attr-defined]
    answer: HttpResponse = resolve(path).func(request)
    return answer


def is_an_act(request: HttpRequest) -> bool:
    """A button was pressed: after the sign-in, its address alone would do nothing, or be no page."""
    return request.method not in ("GET", "HEAD") or getattr(request, "stale_post", None) is not None


def page_of(request: HttpRequest) -> str:
    """The page of ours on which the button stands, as the browser tells it; nothing where it does not say."""
    told = urlsplit(request.META.get("HTTP_REFERER", ""))
    if told.netloc != request.get_host() or told.path in ("", "/", settings.LOGIN_URL):
        return ""
    return urlunsplit(("", "", told.path, told.query, ""))


def _opened(carried: str) -> dict[str, Any] | None:
    if not carried:
        return None
    try:
        said: dict[str, Any] = json.loads(_keys().decrypt(carried.encode(), ttl=int(GOOD_FOR.total_seconds())))
    except InvalidToken:
        return None
    return said


def _keys() -> MultiFernet:
    return MultiFernet([_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> Fernet:
    made = HKDF(hashes.SHA256(), length=32, salt=None, info=b"xpassfam.accounts.typed").derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(made))
