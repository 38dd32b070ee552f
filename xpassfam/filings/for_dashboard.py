"""What waits of a family's filings, and those under way. Read once for both."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xpassfam.filings.family.listing import Line, lines_of
from xpassfam.filings.holding import may_act
from xpassfam.filings.models import Agreement, Filing
from xpassfam.filings.models.agreement import may_be_asked
from xpassfam.filings.states import Status
from xpassfam.people.access import FamilyRequest
from xpassfam.people.prepared import PreparedForViewer
from xpassfam.rules.names import called_by
from xpassfam.rules.visibility import Viewer
from xpassfam.ui.gathering import Card, Todo

MOST_SHOWN = 4


def todo(request: FamilyRequest, *, at: datetime) -> list[Todo]:
    """To complete first, by date; then answers and messages to read; then drafts."""
    lines = lines_of(request)
    theirs = [line for line in lines if may_act(line.filing, request.access)]
    found = _to_agree(request)
    found += [_to_complete(line) for line in theirs if line.filing.status == Status.AWAITING_APPLICANT]
    found += [_to_give(line) for line in theirs if line.is_reserved]
    found += [_to_read(line) for line in lines if _is_news(line)]
    drafts = [line for line in theirs if line.filing.is_draft]
    return found + ([_draft(drafts)] if drafts else [])


def cards(request: FamilyRequest, *, at: datetime) -> list[Card]:
    under_way = [line for line in lines_of(request) if line.filing.is_pending]
    if not under_way:
        return []
    context = {"lines": under_way[:MOST_SHOWN], "others": max(0, len(under_way) - MOST_SHOWN)}
    return [Card("filings/family/card.html", context)]


def _is_news(line: Line) -> bool:
    return bool(line.unread) or (line.is_mine and line.filing.is_ended and line.filing.read_at is None)


def _to_agree(request: FamilyRequest) -> list[Todo]:
    """One query, and none for who is not of the home's couple."""
    asked = _ASKED.rows(request.access) if may_be_asked(request.access) else []
    return [
        Todo(
            title=_("Répondez : résidence alternée pour {name}").format(name=called_by(first_names)),
            note=_("L’autre parent a fait une demande. Votre accord compte."),
            link_text=_("Répondre"),
            link_url=reverse("filings:agreement", args=[public_id]),
            icon="users",
            until=until,
        )
        for public_id, first_names, until in asked
    ]


def _asked(access: Viewer) -> "QuerySet[Agreement, Any]":
    rows = Agreement.objects.visible_to(access).open().filter(answer="", filing__about__isnull=False)
    return rows.values_list("public_id", "filing__about__first_names", "until")


_ASKED = PreparedForViewer(_asked, spared=frozenset({"on"}))


def _to_complete(line: Line) -> Todo:
    return Todo(
        title=_("Complétez : {title}").format(title=line.filing.title),
        note=_("Il nous manque quelque chose pour répondre. Référence {reference}.").format(
            reference=line.filing.reference
        ),
        link_text=_("Compléter"),
        link_url=reverse("filings:complete", args=[line.filing.public_id]),
        icon="pencil",
        until=line.filing.due_on,
    )


def _to_give(line: Line) -> Todo:
    return Todo(
        title=_("À nous donner : {title}").format(title=line.filing.title),
        note=_("Nous avons dit oui, sous réserve. Il manque encore quelque chose."),
        link_text=_("Voir ce qui manque"),
        link_url=reverse("filings:filing", args=[line.filing.public_id]),
        icon="upload",
    )


def _to_read(line: Line) -> Todo:
    is_answer = line.filing.is_ended and line.filing.read_at is None and line.is_mine
    note = line.situation.sentence if is_answer else _("Le service vous a écrit.")
    title = _("Réponse : {title}") if is_answer else _("Message : {title}")
    return Todo(
        title=title.format(title=line.filing.title),
        note=note,
        link_text=_("Lire la réponse") if is_answer else _("Lire le message"),
        link_url=reverse("filings:filing", args=[line.filing.public_id]),
        icon="mail",
    )


def _draft(lines: list[Line]) -> Todo:
    newest: Filing = lines[0].filing
    others = len(lines) - 1
    note = lines[0].situation.sentence
    if others:
        note += " " + ngettext("Et {n} autre brouillon.", "Et {n} autres brouillons.", others).format(n=others)
    return Todo(
        title=_("Brouillon : {title}").format(title=newest.title),
        note=note,
        link_text=_("Reprendre"),
        link_url=reverse("filings:resume", args=[newest.public_id]),
        icon="pencil",
    )
