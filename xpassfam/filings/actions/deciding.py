"""An agent decides: never two at once, never without saying why, never half of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from xpassfam.accounts.models import Account
from xpassfam.filings import asking, effects, history, telling
from xpassfam.filings.actions import replacing
from xpassfam.filings.effects.corrected import refuse_twice
from xpassfam.filings.holding import (
    AcceptedBySilence,
    hold,
    hold_linked,
    hold_unchanged,
    is_accepted_by_silence,
    refuse_against_silence,
    refuse_same_hand,
    step,
)
from xpassfam.filings.models import Decision, Filing, Piece
from xpassfam.filings.paper import coding, facts
from xpassfam.filings.second_look import refuse_alone
from xpassfam.filings.states import Event, NotPossible, Status, after
from xpassfam.filings.verdicts import (
    EVENTS,
    TAKE_EFFECT,
    MissingMentions,
    NeedsAmounts,
    NeedsReasons,
    Outcome,
    StillAwaited,
    Verdict,
    as_promised,
    decision_of,
    lowered,
    refuse_unread,
    refuse_without_words,
)
from xpassfam.journal.actions import Actor


def decide(
    filing: Filing, verdict: Verdict, *, seen: int, by: Account, at: datetime, proposed_by: Account | None = None
) -> Decision:
    """One transaction: status, decision with its letter, effects, history, one message.

    `proposed_by`: the other agent, of a yes that takes two; see `confirming`.
    Effects of a date to come, or of an approval under reserve, wait for it. A yes to what a paper comes after is under
    reserve of that paper. Raise NotPossible, Overtaken, NeedsReasons, NeedsLimits, NeedsAmounts, NeedsReserve,
    UnreadPieces, holding.NeedsAnother, holding.AcceptedBySilence, second_look.NeedsSecondLook, MissingMentions; or
    effects.CannotTakeEffect, and then nothing is decided.
    """
    refuse_without_words(verdict)
    with transaction.atomic():
        filing = hold_unchanged(filing, seen=seen)
        refuse_same_hand(filing, by)
        verdict = as_promised(filing, verdict)
        after(filing.status, EVENTS[Outcome(verdict.outcome)])
        if verdict.outcome != Outcome.APPROVED:
            refuse_against_silence(filing, at=at)
        refuse_unread(filing, verdict)
        if verdict.outcome in TAKE_EFFECT:
            refuse_alone(filing, by, other=proposed_by, at=at)
        corrected = hold_linked(filing)
        effects.hold_homes(filing, at=at)
        decision = decision_of(filing, verdict, by=by, at=at)
        decision.proposed_by = proposed_by
        _mark_to_replace(filing, verdict.to_replace, by=by, at=at)
        _give(decision, corrected, by=by.actor, at=at)
        _answer_contest(filing, decision, by=by, at=at)
    return decision


def preview(filing: Filing, verdict: Verdict, *, seen: int, by: Account, at: datetime) -> Decision:
    """The decision as it would be taken, with its letter; nothing of it remains. Raises as `decide`."""
    refuse_without_words(verdict)
    with transaction.atomic():
        filing = hold_unchanged(filing, seen=seen)
        refuse_same_hand(filing, by)
        verdict = as_promised(filing, verdict)
        after(filing.status, EVENTS[Outcome(verdict.outcome)])
        if verdict.outcome != Outcome.APPROVED:
            refuse_against_silence(filing, at=at)
        refuse_unread(filing, verdict)
        hold_linked(filing)
        effects.hold_homes(filing, at=at)
        decision = decision_of(filing, verdict, by=by, at=at)
        missing = facts.missing_mentions(decision)
        if missing:
            raise MissingMentions(missing)
        if verdict.outcome != Outcome.REFUSED:
            replacing.refuse_replaced(filing)
            refuse_twice(filing)
        if verdict.outcome in TAKE_EFFECT:
            effects.rehearse(decision, by=by.actor, at=at)
    return decision


def lift_reserve(
    filing: Filing, *, amounts: Mapping[str, int] | None = None, seen: int, by: Account, at: datetime
) -> Decision:
    """What was awaited has come: the approval takes effect. Raises as `decide`, or StillAwaited. Of a yes that takes
    two agents, whoever promised is the first.

    `amounts`: of an aid, what is paid of what was promised; all of it for None.
    """
    with transaction.atomic():
        filing = hold_unchanged(filing, seen=seen)
        refuse_same_hand(filing, by)
        after(filing.status, Event.LIFT_RESERVE)
        refuse_unread(filing)
        corrected = hold_linked(filing)
        effects.hold_homes(filing, at=at)
        step(filing, Event.LIFT_RESERVE)
        decision = standing(filing)
        refuse_alone(filing, by, other=decision.decided_by, at=at)
        if missing := asking.later_missing(filing):
            raise StillAwaited([asking.label_of_piece(filing, key) for key in missing])
        if amounts is not None:
            decision.grants = lowered(decision, amounts)
            decision.save(update_fields=["grants"])
        replacing.replace(corrected, correction=filing, by=by.actor, at=at)
        _take_effect(decision, by=by.actor, at=at)
        telling.to_family(filing, "filings/mail/reserve_lifted", at=at, effects_on=facts.awaited_day(decision))
        telling.record(filing, history.RESERVE_LIFTED, by=by.actor, at=at)
    return decision


def close(filing: Filing, *, reason: str, seen: int, by: Account, at: datetime) -> Filing:
    """No decision is due: filed twice, without object. Raise NotPossible, Overtaken,
    NeedsReasons or holding.AcceptedBySilence: what our silence accepted is closed only where it can't be done.
    """
    if not reason.strip():
        raise NeedsReasons
    with transaction.atomic():
        filing = hold_unchanged(filing, seen=seen)
        refuse_same_hand(filing, by)
        if is_accepted_by_silence(filing, at=at) and _can_be_done(filing, by=by, at=at):
            raise AcceptedBySilence
        filing.end_reason = reason.strip()
        step(filing, Event.CLOSE, "end_reason", *_ended(filing, at=at))
        telling.to_family(filing, "filings/mail/closed", at=at, reason=filing.end_reason)
        telling.record(filing, history.CLOSED, by=by.actor, at=at, reason=filing.end_reason)
    return filing


def take_effect_on_its_day(decision: Decision, *, at: datetime) -> bool:
    """Run effects that waited for their date; False where they ran, or the decision was taken back, meanwhile."""
    with transaction.atomic():
        filing = hold(decision.filing)
        hold_linked(filing)
        effects.hold_homes(filing, at=at)
        decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
        decision.filing = filing
        if decision.effects_at or decision.superseded_at:
            return False
        _run(decision, by=Actor(kind="system"), at=at)
    return True


def standing(filing: Filing) -> Decision:
    """The decision that stands for a held filing."""
    decision = filing.decisions.select_for_update(of=("self",)).get(superseded_at=None)
    decision.filing = filing
    return decision


def _can_be_done(filing: Filing, *, by: Account, at: datetime) -> bool:
    """Whether a yes would take effect today; nothing of it remains, not even on the row that is given."""
    filing = hold(filing)
    hold_linked(filing)
    effects.hold_homes(filing, at=at)
    try:
        replacing.refuse_replaced(filing)
        refuse_twice(filing)
        effects.rehearse(decision_of(filing, Verdict(Outcome.APPROVED), by=by, at=at), by=by.actor, at=at)
    except effects.CannotTakeEffect:
        return False
    except NeedsAmounts:
        return True
    return True


def _give(decision: Decision, corrected: Sequence[Filing], *, by: Actor, at: datetime) -> None:
    """Of a held filing: its end, its letter, what it does, and what is told.

    Raise MissingMentions or CannotTakeEffect.
    """
    filing = decision.filing
    step(filing, EVENTS[Outcome(decision.outcome)], *_ended(filing, at=at))
    missing = facts.missing_mentions(decision)
    if missing:
        raise MissingMentions(missing)
    decision.letter["check"] = coding.bear(coding.DECISION, filing, at=at)
    decision.save(force_insert=True)
    if decision.outcome != Outcome.REFUSED:
        replacing.refuse_replaced(filing)
        refuse_twice(filing)
        replacing.replace(corrected, correction=filing, by=by, at=at)
    if decision.outcome in TAKE_EFFECT:
        _take_effect(decision, by=by, at=at)
    telling.to_family(filing, "filings/mail/decided", at=at, **facts.mail_facts(decision))
    telling.record(filing, history.DECIDED, by=by, at=at, outcome=str(Status(filing.status).label))


def _ended(filing: Filing, *, at: datetime) -> tuple[str, str]:
    """What is decided waits for nobody any more; the fields to save."""
    filing.ended_at, filing.read_at = at, None
    filing.completions.open().update(closed_at=at)
    return "ended_at", "read_at"


def _mark_to_replace(filing: Filing, pieces: Sequence[int], *, by: Account, at: datetime) -> None:
    unjudged = filing.pieces.filter(pk__in=pieces, replaced_at=None, verdict=Piece.Verdict.PENDING)
    unjudged.update(verdict=Piece.Verdict.TO_REPLACE, judged_at=at, judged_by=str(by))


def _take_effect(decision: Decision, *, by: Actor, at: datetime) -> None:
    """At once; or on the day that the answers say, once it is sure that it could be today."""
    day = effects.day_of(decision, on=timezone.localdate(at))
    if day <= timezone.localdate(at):
        _run(decision, by=by, at=at)
        return
    effects.rehearse(decision, by=by, at=at)
    decision.effects_on = day
    decision.save(update_fields=["effects_on"])


def _run(decision: Decision, *, by: Actor, at: datetime) -> None:
    effects.run(decision, by=by, at=at)
    decision.effects_at = at
    decision.save(update_fields=["effects_at"])


def _answer_contest(filing: Filing, decision: Decision, *, by: Account, at: datetime) -> None:
    """What was contested and stays is told where it stands; what is taken back, by its effect."""
    if filing.contests and decision.outcome == Outcome.REFUSED:
        telling.record(filing.contests.filing, history.UPHELD, by=by.actor, at=at)


def record_implicit_acceptance(filing: Filing, *, seen: int, by: Account, at: datetime) -> Decision:
    """Silence has accepted: an agent writes down what it gave. Raises as `decide`; what takes two agents is said by
    them in so many words.

    Source: CRPA, art. L231-1, L232-3.
    """
    with transaction.atomic():
        filing = hold_unchanged(filing, seen=seen)
        refuse_same_hand(filing, by)
        if not is_accepted_by_silence(filing, at=at):
            raise NotPossible(filing.status, Event.APPROVE)
        refuse_alone(filing, by, other=None, at=at)
        corrected = hold_linked(filing)
        effects.hold_homes(filing, at=at)
        decision = decision_of(filing, Verdict(Outcome.APPROVED), by=by, at=at)
        decision.is_implicit = True
        _give(decision, corrected, by=by.actor, at=at)
    return decision
