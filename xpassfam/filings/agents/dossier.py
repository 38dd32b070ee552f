"""One filing as whoever decides reads it: all that the page shows, gathered once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.accounts.models import Account
from xpassfam.documents.elsewhere import given_elsewhere
from xpassfam.documents.models import has_unread
from xpassfam.filings import agreements, granting
from xpassfam.filings.agents import both_parents, chronicle, comparing, corrected, foreseen, situation
from xpassfam.filings.claims import claims_of
from xpassfam.filings.contested import may_unlink
from xpassfam.filings.correcting import sent_corrections
from xpassfam.filings.family import one
from xpassfam.filings.holding import NeedsAnother, is_accepted_by_silence
from xpassfam.filings.models import Decision, Filing, Piece, Presence
from xpassfam.filings.second_look import risks_of
from xpassfam.filings.states import Event, Status, may_happen
from xpassfam.household.portraits import age_in_words
from xpassfam.people.models import Residence

# What may be decided, by the end of its page's address, and what makes it possible.
WAYS = {
    "approve": Event.APPROVE,
    "limit": Event.APPROVE_IN_PART,
    "ask": Event.ASK,
    "refuse": Event.REFUSE,
    "refer": Event.REFER,
    "recall": Event.RECALL,
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
    completions, decisions = (
        list(filing.completions.all()),
        list(filing.decisions.select_related("decided_by", "proposed_by")),
    )
    proposals = list(filing.proposals.select_related("proposed_by", "ended_by"))
    messages = list(filing.messages.prefetch_related("files"))
    compared = comparing.compared(filing, at=at)
    pieces, residents = _told_elsewhere(pieces_of(filing)), _residents(filing, today)
    agreement = agreements.of(filing)
    standing = next((each for each in decisions if each.superseded_at is None), None)
    is_answered = filing.is_ended or filing.was_accepted_by_silence
    return {
        "filing": filing,
        "state": situation.state_of(filing),
        "due": situation.due_in_words(filing.due_on, on=today) if filing.is_pending and filing.due_on else "",
        "is_late": filing.is_late(on=today),
        "silence": situation.silence_in_words(filing, on=today),
        "residents": residents,
        "is_on_behalf": all(one["person"] != filing.filed_by for one in residents) and filing.is_by_an_outsider,
        "sections": compared,
        "compared": comparing.said(compared),
        "changes": corrected.changes(filing),
        "corrections": list(sent_corrections(filing).order_by("pk")) if is_answered else [],
        "pieces": pieces,
        "unread": unread(pieces),
        "unjudged": sum(piece.verdict == Piece.Verdict.PENDING for piece in pieces) if filing.reads_pieces else 0,
        "lacking": _lacking(filing, pieces),
        "claims": list(claims_of(filing).values()),
        "effects": foreseen.foreseen(filing, on=today),
        "letters": [{"message": message, "attached": one.files_of(message)} for message in messages],
        "notes": list(filing.notes.all()),
        "events": chronicle.chronicle(
            filing,
            completions=completions,
            proposals=proposals,
            decisions=decisions,
            messages=messages,
            agreement=agreement,
        ),
        "both": both_parents.said(filing, agreement, on=today),
        "others": others_in_words(filing, by=by, at=at),
        "decision": standing,
        "has_former": filing.is_ended and bool(decisions),
        "granted": granting.in_words(standing.grants) if standing else [],
        "decision_label": situation.OUTCOMES[standing.outcome] if standing else "",
        "ways": ways(filing, at=at),
        "risks": risks_of(filing, at=at) if filing.reads_pieces else [],
        "proposal": next((each for each in proposals if each.is_standing), None),
        "sent_back": proposals[-1] if proposals and proposals[-1].word and filing.is_pending else None,
        "is_mine": filing.assigned_to_id == by.pk,
        "may_unlink": may_unlink(filing, by),
        "not_theirs": _not_theirs(filing, decisions, by),
        "open_completion": next((each for each in completions if each.is_open), None),
        "is_accepted_by_silence": is_accepted_by_silence(filing, at=at),
    }


def _not_theirs(filing: Filing, decisions: list[Decision], by: Account) -> str:
    """Why the reader does nothing to what still waits, as `holding.refuse_same_hand`. No query."""
    is_contest = filing.is_contest_of(by)
    has_decided = any(one.superseded_at and one.is_of(by) for one in decisions)
    if filing.reads_pieces and (is_contest or has_decided):
        return situation.another_in_words(NeedsAnother(by, is_contest=is_contest), by)
    return ""


def _lacking(filing: Filing, pieces: list[Piece]) -> list[dict[str, Any]]:
    """What comes later lacks only once it is awaited."""
    given = {piece.key for piece in pieces}
    is_awaited = filing.status == Status.APPROVED_UNDER_RESERVE
    return [one for one in filing.asked if one["key"] not in given and (is_awaited or not one.get("later"))]


def others_in_words(filing: Filing, *, by: Account, at: datetime) -> str:
    """Which other agents have it open; nothing where none has. One query."""
    names = ", ".join(str(each.account) for each in Presence.objects.filter(filing=filing).others(by, at=at))
    return _("Cette demande est aussi ouverte par {names}.").format(names=names) if names else ""


def ways(filing: Filing, *, at: datetime) -> dict[str, bool]:
    """What says no gives a reason: where the definition has none, that is no way. A yes in part says no to the rest: of
    its page, the reserve alone is left, see `LimitForm`. What our silence accepted is written down; closed only where
    it can't be done.
    """
    if is_accepted_by_silence(filing, at=at):
        return dict.fromkeys(WAYS, False) | {"close": True}
    says_no = bool(filing.definition.reasons)
    return {name: may_happen(filing.status, event) and (says_no or name != "refuse") for name, event in WAYS.items()}


def pieces_of(filing: Filing) -> list[Piece]:
    """Those that count, in the order in which they were asked for."""
    standing = filing.pieces.filter(replaced_at=None).select_related("document__replaced_by")
    found: list[Piece] = list(standing.annotate(has_unread=has_unread(OuterRef("document"))))
    order = [each["key"] for each in filing.asked]
    found.sort(key=lambda piece: (order.index(piece.key) if piece.key in order else len(order), piece.pk))
    return found


def _told_elsewhere(pieces: list[Piece]) -> list[Piece]:
    """With the other homes that gave the same file."""
    twins = given_elsewhere([piece.document for piece in pieces])
    for piece in pieces:
        piece.twins = twins.get(piece.document_id, [])  # type: ignore[attr-defined]
    return pieces


def unread(pieces: list[Piece]) -> list[Piece]:
    """Those that keep a yes from taking effect, as `asking.unread_pieces`."""
    return [piece for piece in pieces if piece.has_unread and piece.verdict == Piece.Verdict.PENDING]  # type: ignore[attr-defined]


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
