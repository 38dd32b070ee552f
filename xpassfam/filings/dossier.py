"""One filing as whoever decides reads it: all that the page shows, gathered once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from xpassfam.accounts.models import Account
from xpassfam.filings import chronicle, comparing, desk_words, foreseen, one
from xpassfam.filings.models import Decision, Filing, Piece, Presence
from xpassfam.filings.states import Event, may_happen
from xpassfam.household.portraits import age_in_words
from xpassfam.people.models import Residence

# What may be decided, by the end of its page's address, and what makes it possible.
WAYS = {
    "approve": Event.APPROVE,
    "limit": Event.APPROVE_IN_PART,
    "ask": Event.ASK,
    "refuse": Event.REFUSE,
    "refer": Event.REFER,
    "close": Event.CLOSE,
    "lift": Event.LIFT_RESERVE,
}


def every() -> Any:
    """Filings that were sent, with what their page names."""
    rows = Filing.objects.exclude(reference=None).select_related(
        "household", "filed_by", "about", "assigned_to", "team", "contests__filing", "contests__decided_by", "corrects"
    )
    return rows.select_related("procedure_version__procedure")


def dossier(filing: Filing, *, by: Account, at: datetime) -> Mapping[str, Any]:
    """A fixed number of queries, whatever the family sent or wrote."""
    today = timezone.localdate(at)
    completions, decisions = list(filing.completions.all()), list(filing.decisions.select_related("decided_by"))
    messages = list(filing.messages.prefetch_related("files"))
    compared = comparing.compared(filing, at=at)
    pieces = pieces_of(filing)
    standing = next((each for each in decisions if each.superseded_at is None), None)
    return {
        "filing": filing,
        "state": desk_words.state_of(filing),
        "due": desk_words.due_in_words(filing.due_on, on=today) if filing.is_pending and filing.due_on else "",
        "is_late": filing.is_late(on=today),
        "silence": desk_words.silence_in_words(filing, on=today),
        "residents": _residents(filing, today),
        "sections": compared,
        "differences": comparing.differences(compared),
        "pieces": pieces,
        "unjudged": sum(piece.verdict == Piece.Verdict.PENDING for piece in pieces),
        "lacking": [each for each in filing.asked if each["key"] not in {piece.key for piece in pieces}],
        "effects": foreseen.foreseen(filing, on=today),
        "letters": [{"message": message, "attached": one.files_of(message)} for message in messages],
        "notes": list(filing.notes.all()),
        "events": chronicle.chronicle(filing, completions=completions, decisions=decisions, messages=messages),
        "others": [str(each.account) for each in Presence.objects.filter(filing=filing).others(by, at=at)],
        "decision": standing,
        "decision_label": desk_words.OUTCOMES[standing.outcome] if standing else "",
        "ways": ways(filing),
        "is_mine": filing.assigned_to_id == by.pk,
        "is_own_contest": filing.is_contest_of(by),
        "open_completion": next((each for each in completions if each.is_open), None),
        "is_accepted_by_silence": is_accepted_by_silence(filing, at=at),
    }


def ways(filing: Filing) -> dict[str, bool]:
    return {name: may_happen(filing.status, event) for name, event in WAYS.items()}


def is_accepted_by_silence(filing: Filing, *, at: datetime) -> bool:
    """Source: CRPA, art. L231-1: silence has accepted, and nobody wrote it down yet."""
    is_past = filing.silence_on is not None and filing.silence_on < timezone.localdate(at)
    return filing.is_pending and is_past and filing.silence_effect == "acceptance"


def pieces_of(filing: Filing) -> list[Piece]:
    """Those that count, in the order in which they were asked for."""
    found = list(filing.pieces.filter(replaced_at=None).select_related("document"))
    order = [each["key"] for each in filing.asked]
    found.sort(key=lambda piece: (order.index(piece.key) if piece.key in order else len(order), piece.pk))
    return found


def standing_decision(filing: Filing) -> Decision | None:
    return filing.decisions.filter(superseded_at=None).first()


def _residents(filing: Filing, on: Any) -> list[dict[str, Any]]:
    stays = Residence.objects.open_on(on).filter(household=filing.household).select_related("person").order_by("rank")
    return [
        {
            "person": stay.person,
            "note": ", ".join(filter(None, [age_in_words(stay.person, on=on), str(Residence.Role(stay.role).label)])),
        }
        for stay in stays
    ]
