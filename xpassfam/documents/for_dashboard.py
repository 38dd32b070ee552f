"""What a family's first page says of its documents: what to give again or renew, then the latest. One query in all."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from xpassfam.documents.actions.uploading import may_send
from xpassfam.documents.models import Document, asked_again_since
from xpassfam.documents.shown import Shown, shown
from xpassfam.documents.uses import asked_elsewhere
from xpassfam.people.access import FamilyRequest
from xpassfam.people.models import Person
from xpassfam.people.prepared import PreparedForViewer
from xpassfam.rules.ages import last_birth_of_adults
from xpassfam.rules.documents import reminder_due
from xpassfam.rules.visibility import Viewer
from xpassfam.ui import words
from xpassfam.ui.gathering import Card, Todo

MOST_WAITING, MOST_SHOWN = 3, 3
# Who gave something some days ago is not asked for it again already.
JUST_GIVEN = timedelta(days=7)


def todo(request: FamilyRequest, *, at: datetime) -> list[Todo]:
    """What an agent refused of what serves again, until another is given, and that no request asks for; what a reminder
    told of, as long as it is not renewed and still good.
    """
    if not may_send(request.access):
        return []
    found, asked = [], asked_elsewhere(request)
    for one in _rows(request, at):
        if one.document.is_to_give_again:  # type: ignore[attr-defined]
            found += [] if one.document.public_id in asked else [_to_give_again(one)]
        elif _ends_soon(one, request, at):
            found.append(_to_renew(one))
    return found[:MOST_WAITING]


def cards(request: FamilyRequest, *, at: datetime) -> list[Card]:
    rows = sorted(_rows(request, at), key=lambda one: one.document.given_at, reverse=True)
    return [Card("documents/card.html", {"rows": rows[:MOST_SHOWN]})] if rows else []


def _rows(request: FamilyRequest, at: datetime) -> list[Shown]:
    """Read once for both: what is to give again first, then what ends soon, then the newest."""
    known: list[Shown] | None = getattr(request, "documents_shown", None)
    if known is None:
        known = [shown(_document(*row), on=request.access.on) for row in _LATEST.rows(request.access)]
        request.documents_shown = known  # type: ignore[attr-defined]
    return known


COLUMNS = ("public_id", "kind", "issued_on", "valid_until", "given_at", "verdict", "reason", "warned_days")


def _latest(access: Viewer) -> "QuerySet[Document, Any]":
    rows = Document.objects.visible_to(access).waiting_first(access.on)[: MOST_WAITING + MOST_SHOWN]
    return rows.values_list(
        *COLUMNS, "person__first_names", "given_by__first_names", "replaced_by__verdict", "is_to_give_again"
    )


_LATEST = PreparedForViewer(_latest, derived={"born": ("on", last_birth_of_adults), "since": ("on", asked_again_since)})


def _document(*row: Any) -> Document:
    """As much of one as the card says."""
    *columns, whose, giver, verdict_after, is_to_give_again = row
    document = Document(
        **dict(zip(COLUMNS, columns, strict=True)),
        person=Person(first_names=whose) if whose else None,
        given_by=Person(first_names=giver),
        replaced_by=Document(verdict=verdict_after) if verdict_after else None,
    )
    document.is_to_give_again = is_to_give_again  # type: ignore[attr-defined]
    return document


def _ends_soon(one: Shown, request: FamilyRequest, at: datetime) -> bool:
    document, on = one.document, request.access.on
    until = document.valid_until
    is_told = document.warned_days is not None and document.given_at < at - JUST_GIVEN
    is_due = until is not None and reminder_due(until, on=on) is not None
    return is_told and is_due and document.is_good_on(on)


def _to_give_again(one: Shown) -> Todo:
    return Todo(
        title=_("Redonnez : {title}").format(title=one.title),
        note=one.document.reason,
        link_text=_("Redonner"),
        link_url=reverse("documents:renew", args=[one.document.public_id]),
        icon="refresh-cw",
    )


def _to_renew(one: Shown) -> Todo:
    until = one.document.valid_until
    note = _("Ce document ne sera plus valable après le {day}. Rien ne presse si aucune demande n’en a besoin.")
    return Todo(
        title=_("Renouvelez : {title}").format(title=one.title),
        note=note.format(day=words.short_day(until) if until else ""),
        link_text=_("Renouveler"),
        link_url=reverse("documents:renew", args=[one.document.public_id]),
        icon="refresh-cw",
    )
