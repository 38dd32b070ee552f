"""What a paper must say, by kind of paper and legal profile: codes, whose words are written where they are shown.

A paper that lacks one does not leave. What binds administrations alone is not said by the others: for them a
sentence of law would be a falsehood. What this portal promises to everybody is marked as such.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from xpassfam.rules.silence import ADMINISTRATION, Effect

MUTUAL = "mut"


class Paper(StrEnum):
    ACKNOWLEDGEMENT = "acknowledgement"
    COMPLETION = "completion"
    APPROVED = "approved"
    APPROVED_WITH_RESERVE = "approved_with_reserve"
    APPROVED_IN_PART = "approved_in_part"
    REFUSED = "refused"
    REJECTED_BY_SILENCE = "rejected_by_silence"
    ACCEPTED_BY_SILENCE = "accepted_by_silence"


class Mention(StrEnum):
    REFERENCE = "reference"
    RECEIVED_ON = "received_on"
    SERVICE = "service"
    SERVICE_ADDRESS = "service_address"
    SERVICE_PHONE = "service_phone"
    ANSWER_BY = "answer_by"
    SILENCE_EFFECT = "silence_effect"
    SILENCE_ON = "silence_on"
    IF_COMPLETE = "if_complete"
    RIGHT_TO_ATTESTATION = "right_to_attestation"
    RIGHT_TO_REASONS = "right_to_reasons"
    REMEDIES = "remedies"
    REMEDY_DELAYS = "remedy_delays"
    MEDIATOR = "mediator"
    MISSING_PIECES = "missing_pieces"
    COMPLETE_BY = "complete_by"
    CLOCK_WAITS = "clock_waits"
    DECIDED_ON = "decided_on"
    AUTHOR_FIRST_NAME = "author_first_name"
    AUTHOR_NAME = "author_name"
    AUTHOR_FUNCTION = "author_function"
    AUTHOR_SERVICE = "author_service"
    REASONS_OF_LAW = "reasons_of_law"
    REASONS_OF_FACT = "reasons_of_fact"
    RESERVE = "reserve"
    AUTOMATED_CALCULATION = "automated_calculation"
    RIGHT_TO_RULES = "right_to_rules"


DECISIONS = frozenset({Paper.APPROVED, Paper.APPROVED_WITH_RESERVE, Paper.APPROVED_IN_PART, Paper.REFUSED})
# What a family did not get, in whole or in part.
UNFAVOURABLE = frozenset({Paper.APPROVED_IN_PART, Paper.REFUSED, Paper.REJECTED_BY_SILENCE})
BY_SILENCE = frozenset({Paper.REJECTED_BY_SILENCE, Paper.ACCEPTED_BY_SILENCE})

# Source: CRPA, art. R112-5, R112-11-1; told by every profile.
WHO_ANSWERS = frozenset({Mention.SERVICE, Mention.SERVICE_ADDRESS, Mention.SERVICE_PHONE})
RECEIPT = WHO_ANSWERS | {Mention.REFERENCE, Mention.RECEIVED_ON, Mention.ANSWER_BY}
# Source: CRPA, art. L212-1; L212-2, 1° dispenses what a portal notifies of the signature, not of these.
AUTHOR = frozenset({Mention.AUTHOR_FIRST_NAME, Mention.AUTHOR_NAME, Mention.AUTHOR_FUNCTION, Mention.AUTHOR_SERVICE})
# Source: CRPA, art. L211-2, L211-5: reasons are written, and are of law and of fact. Told by every profile.
REASONS = frozenset({Mention.REASONS_OF_LAW, Mention.REASONS_OF_FACT})
# Source: CJA, art. R421-5 (without them no delay holds). The ways are told by every profile.
REMEDIES_AND_DELAYS = frozenset({Mention.REMEDIES, Mention.REMEDY_DELAYS})


@dataclass(frozen=True)
class Case:
    """What a request is, as far as its papers are concerned.

    `silence`: what it comes to for this request (`rules.silence`); outside administrations nothing, whatever is
    given. `is_complete`: no piece is known to be missing; `is_complaint`: it contests a decision or a service;
    `is_automated`: rules were computed to prepare the decision.
    """

    silence: Effect = Effect.NONE
    is_complete: bool = True
    is_complaint: bool = False
    is_automated: bool = False


USUAL = Case()


def required(paper: Paper, profile: str, case: Case = USUAL) -> frozenset[Mention]:
    """Every mention that this paper must bear."""
    if profile != ADMINISTRATION:
        case = replace(case, silence=Effect.NONE)
    if paper in DECISIONS:
        mentions = _of_decision(paper, profile, is_automated=case.is_automated)
    elif paper in BY_SILENCE:
        mentions = _of_silence(paper)
    else:
        mentions = _of_receipt(paper, case)
    # Source: ACPR, recommendations 2022-R-01 and 2024-R-02: the mediator in each answer to a complaint.
    if profile == MUTUAL and (case.is_complaint or paper in UNFAVOURABLE):
        mentions |= {Mention.MEDIATOR}
    return mentions


def missing(paper: Paper, profile: str, present: Collection[Mention], case: Case = USUAL) -> frozenset[Mention]:
    """What the paper must still say before it leaves."""
    return required(paper, profile, case) - frozenset(present)


def _of_receipt(paper: Paper, case: Case) -> frozenset[Mention]:
    """Of the acknowledgement, and of the letter that asks for what is missing."""
    mentions = RECEIPT if paper is Paper.ACKNOWLEDGEMENT else WHO_ANSWERS | {Mention.REFERENCE}
    if paper is Paper.COMPLETION or not case.is_complete:
        mentions |= {Mention.MISSING_PIECES, Mention.COMPLETE_BY}
        # Source: CRPA, art. L114-5, last par.
        if case.silence is not Effect.NONE:
            mentions |= {Mention.CLOCK_WAITS}
    if paper is Paper.ACKNOWLEDGEMENT:
        mentions |= _of_silence_to_come(case.silence)
    return mentions


def _of_silence_to_come(silence: Effect) -> frozenset[Mention]:
    """Source: CRPA, art. R112-5, R112-11-1, L232-3."""
    if silence is Effect.NONE:
        return frozenset()
    announced = frozenset({Mention.SILENCE_EFFECT, Mention.SILENCE_ON, Mention.IF_COMPLETE})
    if silence is Effect.ACCEPTANCE:
        return announced | {Mention.RIGHT_TO_ATTESTATION}
    return announced | REMEDIES_AND_DELAYS


def _of_silence(paper: Paper) -> frozenset[Mention]:
    """A dated fact: it has no author. Source: CRPA, art. L232-3, L232-4."""
    fact = WHO_ANSWERS | {Mention.REFERENCE, Mention.RECEIVED_ON, Mention.SILENCE_EFFECT, Mention.SILENCE_ON}
    if paper is Paper.ACCEPTED_BY_SILENCE:
        return fact | {Mention.RIGHT_TO_ATTESTATION}
    return fact | {Mention.RIGHT_TO_REASONS} | REMEDIES_AND_DELAYS


def _of_decision(paper: Paper, profile: str, *, is_automated: bool) -> frozenset[Mention]:
    mentions = AUTHOR | {Mention.REFERENCE, Mention.DECIDED_ON, Mention.SERVICE}
    # Source: CRPA, art. L114-5-1: it takes effect when the piece arrives.
    if paper is Paper.APPROVED_WITH_RESERVE:
        mentions |= {Mention.RESERVE}
    if paper in UNFAVOURABLE:
        mentions |= REASONS | {Mention.REMEDIES}
        if profile == ADMINISTRATION:
            mentions |= {Mention.REMEDY_DELAYS}
    # Source: RGPD, art. 13.2.f and 22; CRPA, art. L311-3-1 and R311-3-1-1 for administrations.
    if is_automated:
        mentions |= {Mention.AUTOMATED_CALCULATION}
        if profile == ADMINISTRATION:
            mentions |= {Mention.RIGHT_TO_RULES}
    return mentions
