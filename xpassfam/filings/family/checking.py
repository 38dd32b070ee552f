"""A draft as it is read again before it is sent: answers, documents, what is missing, what sending will do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from xpassfam.filings import account_wanted, agreements, asking, parting
from xpassfam.filings.contested import decision_named, reference_named, silence_named
from xpassfam.filings.family.audience import others_who_read
from xpassfam.filings.family.path import CHECK, facts_for, path_of, pieces_of_draft, section_url
from xpassfam.filings.family.supporting import Entry, entries
from xpassfam.filings.models import Filing
from xpassfam.organisation.calendar import is_working
from xpassfam.people.access import ActingAccess
from xpassfam.procedures.answers import summary
from xpassfam.procedures.wording import silence_in_words
from xpassfam.rules.time_limits import Delay, promised_on

BACK = "?retour=verifier"


@dataclass(frozen=True)
class Problem:
    text: str
    url: str


def look_at(draft: Filing, access: ActingAccess, *, refused: Mapping[str, list[str]]) -> dict[str, Any]:
    """What the page shows, with what it was just `refused` for."""
    facts = facts_for(draft, access)
    found = entries(draft, pieces_of_draft(draft, facts), access)
    names, shared_child = others_who_read(draft, access)
    served = [one.key for one in found if one.is_served]
    problems = asking.problems_of(draft, facts, access, served=served) | agreements.out_of_reach(draft, on=access.on)
    problems |= refused
    waits = any(_is_to_come(one) for one in found)
    return {
        "path": path_of(draft, facts, at=CHECK),
        "draft": draft,
        "summary": [
            (section, section_url(draft, section.key) + BACK)
            for section in summary(draft.definition, draft.answers, facts)
        ],
        "entries": found,
        "pieces_url": reverse("filings:pieces", args=[draft.public_id]) + BACK,
        "problems": _problems(draft, problems),
        "expect": account_wanted.before_sending(draft, access, at=timezone.now()),
        "is_at_once": asking.is_declaration(draft),
        "waits_for_pieces": waits,
        "promise": None if waits else _promise(draft, on=access.on),
        "silence": silence_in_words(draft.definition, facts.profile),
        "contested": draft.contests or decision_named(draft, access),
        "silence_contested": silence_named(draft, access),
        "unknown_reference": reference_named(draft),
        "readers": names,
        "shared_child": shared_child,
        "told": parting.told_by(draft, access),
    }


def is_contested_already(draft: Filing, access: ActingAccess) -> bool:
    """By somebody of the home: two contests of one decision can't be under way."""
    decision = draft.contests or decision_named(draft, access)
    return decision is not None and decision.contests.pending().exists()


def _is_to_come(entry: Entry) -> bool:
    return entry.piece.indispensable and not entry.needs_nothing


def _promise(draft: Filing, *, on: date) -> date | None:
    delay = asking.promise_of(draft)
    if delay is None:
        return None
    return promised_on(Delay(delay["count"], delay["unit"]), filed_on=on, is_working=is_working)


def _problems(draft: Filing, problems: dict[str, list[str]]) -> list[Problem]:
    return [Problem(text, _page_of(draft, section)) for section, texts in problems.items() for text in texts]


def _page_of(draft: Filing, section: str) -> str:
    if section == asking.WHO:
        return reverse("procedures:procedure", args=[draft.procedure_version.procedure.slug])
    if section == asking.PIECES:
        return reverse("filings:pieces", args=[draft.public_id]) + BACK
    return section_url(draft, section) + BACK
