"""What an agent wants to decide, and whether that may be said: the decision that it makes, not yet given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from xpassfam.accounts.models import Account
from xpassfam.filings import asking, granting
from xpassfam.filings.models import Decision, Filing
from xpassfam.filings.paper import facts
from xpassfam.filings.states import Event

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


def refuse_without_words(verdict: Verdict) -> None:
    says_no = verdict.outcome in (Outcome.REFUSED, Outcome.IN_PART)
    if says_no and (not verdict.reasons or len(verdict.facts.strip()) < FACTS_AT_LEAST):
        raise NeedsReasons
    if verdict.outcome in (Outcome.IN_PART, Outcome.UNDER_RESERVE) and not verdict.limits.strip():
        raise NeedsLimits


def refuse_unread(filing: Filing, verdict: Verdict | None = None) -> None:
    """What takes effect is decided on pieces that could be read. A refusal and a reserve wait for none.

    Raise UnreadPieces.
    """
    unread = asking.unread_pieces(filing) if verdict is None or verdict.outcome in TAKE_EFFECT else []
    if unread:
        raise UnreadPieces(unread)


def decision_of(filing: Filing, verdict: Verdict, *, by: Account, at: datetime) -> Decision:
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


def as_promised(filing: Filing, verdict: Verdict) -> Verdict:
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


def lowered(decision: Decision, amounts: Mapping[str, int]) -> list[dict[str, Any]]:
    """What was promised is not exceeded, and something is paid to each."""
    grants = [one | {"amount_cents": amounts.get(one["person"], 0)} for one in decision.grants]
    pairs = zip(grants, decision.grants, strict=True)
    if any(not 0 < paid["amount_cents"] <= promised["amount_cents"] for paid, promised in pairs):
        raise NeedsAmounts
    return grants
