"""What families keep of their filings: acknowledgements and decisions, printed when they are asked for."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xpassfam.filings.models import Decision, Filing
from xpassfam.people.access import ActingAccess
from xpassfam.ui import words
from xpassfam.ui.gathering import Letter, LettersWanted

ACKNOWLEDGEMENT, DECISION = "accuse", "decision"
KINDS: Mapping[str, str | Promise] = {
    ACKNOWLEDGEMENT: gettext_lazy("Accusés de réception"),
    DECISION: gettext_lazy("Décisions"),
}
M = TypeVar("M", bound=Model)


def letters(access: ActingAccess, wanted: LettersWanted) -> list[Letter]:
    """Of requests that the reader may see. A query for each kind that is wanted."""
    found: list[Letter] = []
    if wanted.kind in ("", ACKNOWLEDGEMENT):
        sent = Filing.objects.visible_to(access).filter(acknowledgement__isnull=False)
        sent = sent.select_related("procedure_version__procedure", "about")
        found += [_acknowledgement(one) for one in _page(sent, wanted, "filed_at", "")]
    if wanted.kind in ("", DECISION):
        decided = Decision.objects.filter(filing__in=Filing.objects.visible_to(access), superseded_at=None)
        decided = decided.select_related("filing__procedure_version__procedure", "filing__about")
        found += [_decision(one) for one in _page(decided, wanted, "decided_at", "filing__")]
    return found


def instants(access: ActingAccess) -> "QuerySet[Filing, Any]":
    """When each was sent, the oldest first."""
    sent = Filing.objects.visible_to(access).filter(filed_at__isnull=False)
    return sent.order_by("filed_at").values("filed_at")


def _page(rows: "QuerySet[M]", wanted: LettersWanted, instant: str, filing: str) -> "QuerySet[M]":
    asked: dict[str, Any] = {f"{instant}__gte": wanted.since, f"{instant}__lt": wanted.until}
    rows = rows.filter(**{name: value for name, value in asked.items() if value})
    if wanted.person:
        about = {f"{filing}about__public_id": wanted.person}
        by = {f"{filing}about": None, f"{filing}filed_by__public_id": wanted.person}
        rows = rows.filter(Q(**about) | Q(**by))
    if wanted.after:
        at, key = wanted.after
        same = {instant: at, f"{filing}public_id__lt": key}
        rows = rows.filter(Q(**{f"{instant}__lt": at}) | Q(**same))
    return rows.order_by(f"-{instant}", f"-{filing}public_id")[: wanted.most]


def _acknowledgement(filing: Filing) -> Letter:
    at = filing.filed_at or filing.saved_at
    title = _("Accusé de réception : {title}").format(title=filing.title)
    return _letter(filing, at, title, "mail", "filings:acknowledgement")


def _decision(decision: Decision) -> Letter:
    title = _("Décision : {title}").format(title=decision.filing.title)
    word = str(decision.get_outcome_display())
    return _letter(decision.filing, decision.decided_at, title, "scale", "filings:decision", word)


def _letter(filing: Filing, at: datetime, title: str, icon: str, file: str, word: str = "") -> Letter:
    whom = _("pour {name}").format(name=filing.about.first_name) if filing.about else ""
    note = ", ".join(filter(None, [words.full_day(at), whom, word.lower()]))
    page, paper = (reverse(name, args=[filing.public_id]) for name in ("filings:filing", file))
    return Letter(at, filing.public_id, title, note, filing.reference or "", icon, page, paper)
