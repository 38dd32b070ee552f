"""Pages for what goes wrong: in the same face, each says what to do next. None needs the database."""

import sys
from datetime import datetime
from math import ceil
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.ui import incidents, keeping, stale, theme

RETRY_AFTER = 60
LAST_RESORT = """<!DOCTYPE html><html lang="fr"><meta charset="utf-8"><title>Une panne de notre côté</title>
<h1>Une panne de notre côté</h1><p>Attendez une minute, puis rechargez la page.</p><p>Code : {code}</p></html>"""


class Away(Exception):
    """Something that we depend on does not answer, and comes back: rooms above say what."""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(
        request,
        400,
        title=_("Cette demande n’est pas arrivée entière"),
        lede=_("Revenez à la page d’avant, rechargez-la, puis recommencez."),
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(
        request,
        403,
        title=_("Cette page ne vous est pas ouverte"),
        lede=_("Votre compte n’y donne pas accès. Si cela vous étonne, écrivez-nous avec le code ci-dessous."),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(
        request,
        404,
        title=_("Cette page n’existe pas, ou n’est pas à vous"),
        lede=_("L’adresse a peut-être changé, ou il manque un bout du lien."),
    )


def not_allowed(request: HttpRequest) -> HttpResponse:
    """For the address of a button that was opened as if it were a page."""
    return page(
        request,
        405,
        title=_("Cette adresse est celle d’un bouton"),
        lede=_("L’ouvrir ne fait rien : rien n’a changé. Revenez à la page d’avant, puis appuyez sur le bouton."),
    )


def too_big(request: HttpRequest, *, megabytes: int) -> HttpResponse:
    """For what is not even read. Whatever still comes of it goes unread with the connection."""
    lede = _(
        "Rien n’a été gardé. Un envoi pèse ici {megabytes} Mo au plus, fichiers compris. "
        "Revenez à la page d’avant, puis envoyez moins à la fois."
    )
    return page(request, 413, title=_("Cet envoi est trop lourd"), lede=lede.format(megabytes=megabytes))


def too_many(request: HttpRequest, *, until: datetime) -> HttpResponse:
    """For a view that refuses to go on before `until`."""
    return page(
        request,
        429,
        title=_("Trop d’essais en peu de temps"),
        lede=_("Nous faisons une pause pour protéger les comptes. Vous n’avez rien perdu."),
        until=until,
        picture="ui/pictures/clock.html",
    )


def failed(request: HttpRequest) -> HttpResponse:
    """Whatever broke. What is away, a database or another, is said as such: it comes back."""
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError | InterfaceError | Away):
        return unavailable(request, error=error)
    return page(
        request,
        500,
        title=_("Une panne de notre côté"),
        lede=_(
            "Ce n’est pas vous. Attendez une minute, puis réessayez. Si cela revient, donnez-nous le code ci-dessous."
        ),
        picture="ui/pictures/works.html",
        can_retry=True,
        error=error,
    )


def unavailable(request: HttpRequest, *, error: BaseException | None = None) -> HttpResponse:
    return page(
        request,
        503,
        title=_("Le service revient dans un instant"),
        lede=_("Il est arrêté un court moment. Ce qui était enregistré est gardé. Réessayez dans une minute."),
        picture="ui/pictures/works.html",
        can_retry=True,
        typed=_typed(request),
        back_url=request.get_full_path(),
        error=error,
    )


def maintenance(request: HttpRequest, *, until: datetime | None) -> HttpResponse:
    """For the doors closed while the organisation works on the portal."""
    return page(
        request,
        503,
        title=_("Mon compte est en travaux"),
        lede=_("Ce sont des travaux prévus. Ce que vous aviez enregistré est gardé."),
        works_until=until,
        picture="ui/pictures/works.html",
        can_retry=True,
        # Only the cookie is looked at: a database under repair is not asked for a session.
        is_signed_in=settings.SESSION_COOKIE_NAME in request.COOKIES,
    )


@login_not_required
def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form refused for want of its token: no cookie came back, or the page had grown old."""
    if stale.has_no_cookie(reason):
        return page(
            request,
            403,
            title=_("Votre navigateur refuse les cookies"),
            lede=_("Sans eux, vous ne pouvez pas rester connecté. Autorisez-les pour ce site, puis rechargez la page."),
            reason="no cookie",
            template="ui/cookies_refused.html",
            back_url=request.get_full_path(),
            typed=_typed(request),
        )
    if stale.may_come_back(request, reason):
        response = stale.again(request)
        if response.status_code == 200:
            response.status_code = 403  # the page is shown, what was posted was not done
        if response.status_code != 405:
            return response
    return page(
        request,
        403,
        title=_("Cette page était ouverte depuis longtemps"),
        lede=_("Par sécurité, rien n’a été envoyé. Rechargez la page, puis recommencez."),
        reason=reason,
        picture="ui/pictures/clock.html",
    )


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed, to be sent again: no password, no code, no file."""
    try:
        if not stale.may_be_sent_again(request):
            return []
        typed = stale.without_secrets(request.POST)
    except OSError:  # the form itself did not arrive whole
        return []
    return [(name, value) for name, values in typed.lists() for value in values]


def page(
    request: HttpRequest,
    status: int,
    *,
    template: str = "ui/error.html",
    picture: str = "ui/pictures/lost.html",
    reason: str = "",
    error: BaseException | None = None,
    until: datetime | None = None,
    works_until: datetime | None = None,
    **words: Any,
) -> HttpResponse:
    code = incidents.record(request, status, reason=reason, error=error)
    context = {
        "organisation": organisation_of(request),
        "chosen_theme": theme.chosen(request),
        "status": status,
        "code": code,
        "picture": picture,
        "is_signed_in": status < 500 and is_signed_in(request),
        "csrf_token": get_token(request),
        "here": request.get_full_path() if request.method == "GET" else "/",
        "until": until,
        "works_until": works_until,
        "kept": keeping.kept(request) if status >= 500 else None,
        **words,
    }
    try:
        text: str = render_to_string(template, context)
    except Exception as second:  # the face itself is broken: say so plainly rather than not at all
        incidents.record(request, status, reason=f"page of {code}", error=second)
        text = LAST_RESORT.format(code=code)
    response = HttpResponse(text, status=status)
    response.headers["Cache-Control"] = "no-store"
    if status in (429, 503):
        response.headers["Retry-After"] = str(_seconds_until(until or works_until))
    return response


def _seconds_until(until: datetime | None) -> int:
    return max(1, ceil((until - timezone.now()).total_seconds())) if until else RETRY_AFTER


def organisation_of(request: HttpRequest) -> Any:
    """Whose portal this is, where that can be known; the page is drawn without it otherwise."""
    found = getattr(request, "organisation", None)
    try:
        str(found)  # it is read from the database when it is first looked at
    except DatabaseError:
        return None
    return found


def is_signed_in(request: HttpRequest) -> bool:
    try:
        return hasattr(request, "user") and request.user.is_authenticated
    except DatabaseError:
        return False
