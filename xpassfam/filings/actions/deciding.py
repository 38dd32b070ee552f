"""An agent decides: never two at once, never without saying why, never half of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from xpassfam.accounts.models import Account
from xpassfam.filings import asking, effects, granting, history, telling
from xpassfam.filings.actions import replacing
from xpassfam.filings.effects.corrected import refuse_twice
from xpassfam.filings.holding import hold, hold_linked, hold_unchanged, refuse_against_silence, refuse_same_hand, step
from xpassfam.filings.models import Decision, Filing, Piece
from xpassfam.filings.paper import coding, facts
from xpassfam.filings.second_look import refuse_alone
from xpassfam.filings.states import Event, NotPossible, Status, after
from xpassfam.journal.actions import Actor
from xpassfam.rules.silence import Effect

Outcome = Decision.Outcome
EVENTS = {
    Outcome.APPROVED: Event.APPROVE,
    Outcome.UNDER_RESERVE: Event.APPROVE_UNDER_RESERVE,
    Outcome.IN_PART: Event.APPROVE_IN_PART,
    Outcome.REFUSED: Event.REFUSE,
}
# Source: CRPA, art. L211-5 (the facts, in writing); the figure is this portal's: « non » is not a statement.
FACTS_AT_LEAST = 40
TAKE_EFFECT = (Outcome.APPROVED, Outcome.IN_PART)


class NeedsReasons(Exception):
    """A refusal, whole or in part, says at least one reason of law and the facts, in `FACTS_AT_LEAST` characters."""


class NeedsLimits(Exception):
    """« In part » says which part is granted and which is not; « under reserve », of what."""


class NeedsAmounts(Exception):
    """An aid that is granted says how much: to each in a whole yes or under reserve, to somebody in part."""


class NeedsReserve(Exception):
    """A yes, whole, promises until what comes later is there: it can't be in part."""


class StillAwaited(Exception):
    """What comes later has not come: `labels`, in words."""

    def __init__(self, labels: Sequence[str]) -> None:
        self.labels = labels
        super().__init__(", ".join(labels))


class MissingMentions(Exception):
    """The paper would lack mentions that the law wants: `mentions`, as codes of `rules.mentions`."""

    def __init__(self, mentions: Sequence[str]) -> None:
        self.mentions = mentions
        super().__init__(", ".join(mentions))


class UnreadPieces(Exception):
    """Nobody may open them before the virus scanner has: `labels` says which."""

    def __init__(self, labels: Sequence[str]) -> None:
        self.labels = labels
        super().__init__(", ".join(labels))


@dataclass(frozen=True)
class Verdict:
    """What an agent wants to decide. `reasons` are codes of the definition; `withheld` what is not granted
    of a yes in part, in words, besides those who get nothing; `reserve` pieces of the definition still awaited;
    `to_replace` the unjudged pieces (their keys in the database) for which it is refused; `amounts`, of an aid, cents
    by whom they are for: see `granting.beneficiaries`.
    """

    outcome: str
    reasons: Sequence[str] = ()
    facts: str = ""
    limits: str = ""
    withheld: str = ""
    reserve: Sequence[str] = ()
    to_replace: Sequence[int] = ()
    amounts: Mapping[str, int] = field(default_factory=dict)


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
    _refuse_without_words(verdict)
    with transaction.atomic():
        filing = hold_unchanged(filing, seen=seen)
        refuse_same_hand(filing, by)
        verdict = _as_promised(filing, verdict)
        after(filing.status, EVENTS[Outcome(verdict.outcome)])
        if verdict.outcome != Outcome.APPROVED:
            refuse_against_silence(filing, at=at)
        _refuse_unread(filing, verdict)
        if verdict.outcome in TAKE_EFFECT:
            refuse_alone(filing, by, other=proposed_by, at=at)
        corrected = hold_linked(filing)
        effects.hold_homes(filing, at=at)
        decision = _decision(filing, verdict, by=by, at=at)
        decision.proposed_by = proposed_by
        _mark_to_replace(filing, verdict.to_replace, by=by, at=at)
        _give(decision, corrected, by=by.actor, at=at)
        _answer_contest(filing, decision, by=by, at=at)
    return decision


def preview(filing: Filing, verdict: Verdict, *, seen: int, by: Account, at: datetime) -> Decision:
    """The decision as it would be taken, with its letter; nothing of it remains. Raises as `decide`."""
    _refuse_without_words(verdict)
    with transaction.atomic():
        filing = hold_unchanged(filing, seen=seen)
        refuse_same_hand(filing, by)
        verdict = _as_promised(filing, verdict)
        after(filing.status, EVENTS[Outcome(verdict.outcome)])
        if verdict.outcome != Outcome.APPROVED:
            refuse_against_silence(filing, at=at)
        _refuse_unread(filing, verdict)
        hold_linked(filing)
        effects.hold_homes(filing, at=at)
        decision = _decision(filing, verdict, by=by, at=at)
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
        _refuse_unread(filing)
        corrected = hold_linked(filing)
        effects.hold_homes(filing, at=at)
        step(filing, Event.LIFT_RESERVE)
        decision = standing(filing)
        refuse_alone(filing, by, other=decision.decided_by, at=at)
        if missing := asking.later_missing(filing):
            raise StillAwaited([asking.label_of_piece(filing, key) for key in missing])
        if amounts is not None:
            decision.grants = _lowered(decision, amounts)
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
        if _can_be_done(filing, by=by, at=at):
            refuse_against_silence(filing, at=at)
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
    """Whether a yes would take effect today; nothing of it remains."""
    hold_linked(filing)
    effects.hold_homes(filing, at=at)
    try:
        replacing.refuse_replaced(filing)
        refuse_twice(filing)
        effects.rehearse(_decision(filing, Verdict(Outcome.APPROVED), by=by, at=at), by=by.actor, at=at)
    except effects.CannotTakeEffect:
        return False
    except NeedsAmounts:
        return True
    return True


def _refuse_without_words(verdict: Verdict) -> None:
    says_no = verdict.outcome in (Outcome.REFUSED, Outcome.IN_PART)
    if says_no and (not verdict.reasons or len(verdict.facts.strip()) < FACTS_AT_LEAST):
        raise NeedsReasons
    if verdict.outcome in (Outcome.IN_PART, Outcome.UNDER_RESERVE) and not verdict.limits.strip():
        raise NeedsLimits


def _refuse_unread(filing: Filing, verdict: Verdict | None = None) -> None:
    """What takes effect is decided on pieces that could be read. A refusal and a reserve wait for none.

    Raise UnreadPieces.
    """
    unread = asking.unread_pieces(filing) if verdict is None or verdict.outcome in TAKE_EFFECT else []
    if unread:
        raise UnreadPieces(unread)


def _decision(filing: Filing, verdict: Verdict, *, by: Account, at: datetime) -> Decision:
    decision = Decision(
        filing=filing,
        outcome=verdict.outcome,
        reasons=list(verdict.reasons),
        facts=verdict.facts.strip(),
        limits=verdict.limits.strip(),
        reserve=list(verdict.reserve),
        grants=_grants(filing, verdict),
        decided_at=at,
        decided_by=by,
        author=facts.author_of(by),
    )
    decision.contest_until = facts.contest_until(decision)
    decision.letter = facts.letter(decision, withheld=verdict.withheld)
    if verdict.outcome == Outcome.IN_PART and not decision.letter["withheld"]:
        raise NeedsLimits
    return decision


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


def _as_promised(filing: Filing, verdict: Verdict) -> Verdict:
    later = asking.later_missing(filing)
    if not later or verdict.outcome not in TAKE_EFFECT:
        return verdict
    if verdict.outcome == Outcome.IN_PART:
        raise NeedsReserve
    with translation.override("fr"):
        limits = _("Nous payons quand nous l’avons reçu, dans la limite de ce que vous avez dépensé.")
    return replace(verdict, outcome=Outcome.UNDER_RESERVE, reserve=later, limits=limits)


def _grants(filing: Filing, verdict: Verdict) -> list[dict[str, Any]]:
    if verdict.outcome == Outcome.REFUSED or filing.definition.aid is None:
        return []
    grants = granting.grants_of(filing, verdict.amounts)
    is_short = len(grants) < len(granting.beneficiaries(filing)) and verdict.outcome != Outcome.IN_PART
    if not grants or is_short:
        raise NeedsAmounts
    return grants


def _lowered(decision: Decision, amounts: Mapping[str, int]) -> list[dict[str, Any]]:
    """What was promised is not exceeded, and something is paid to each."""
    grants = [one | {"amount_cents": amounts.get(one["person"], 0)} for one in decision.grants]
    pairs = zip(grants, decision.grants, strict=True)
    if any(not 0 < paid["amount_cents"] <= promised["amount_cents"] for paid, promised in pairs):
        raise NeedsAmounts
    return grants


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
        is_past = filing.is_past_silence(on=timezone.localdate(at))
        if filing.silence_effect != Effect.ACCEPTANCE or not is_past:
            raise NotPossible(filing.status, Event.APPROVE)
        refuse_alone(filing, by, other=None, at=at)
        corrected = hold_linked(filing)
        effects.hold_homes(filing, at=at)
        decision = _decision(filing, Verdict(Outcome.APPROVED), by=by, at=at)
        decision.is_implicit = True
        _give(decision, corrected, by=by.actor, at=at)
    return decision
