"""A yes that takes two agents: one proposes it, another confirms it or sends it back; see `second_look`.

The family reads nothing before it is confirmed: its request is examined.
"""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from xpassfam.accounts.models import Account
from xpassfam.filings import history
from xpassfam.filings.actions import deciding
from xpassfam.filings.holding import Overtaken, hold_unchanged, refuse_same_hand, touch
from xpassfam.filings.models import Decision, Filing, Proposal
from xpassfam.filings.verdicts import Verdict
from xpassfam.journal.actions import Fact, write
from xpassfam.journal.kinds import Kind


class OwnProposal(Exception):
    """Whoever proposed does not confirm."""


def propose(filing: Filing, verdict: Verdict, *, seen: int, by: Account, at: datetime) -> Proposal:
    """Kept until another agent answers, in place of what was proposed before: whoever proposes follows it, so that
    nobody takes it by the way. Raises as `deciding.preview`.
    """
    with transaction.atomic():
        filing = hold_unchanged(filing, seen=seen)
        deciding.preview(filing, verdict, seen=seen, by=by, at=at)
        filing.assigned_to = filing.assigned_to or by
        touch(filing, "assigned_to")
        filing.proposals.filter(ended_at=None).update(ended_at=at, ended_by=by)
        _record(filing, history.PROPOSED, by=by, at=at)
        return filing.proposals.create(verdict=asdict(verdict), version=filing.version, proposed_at=at, proposed_by=by)


def confirm(filing: Filing, *, seen: int, by: Account, at: datetime) -> Decision:
    """Decide what was proposed: whoever confirms signs. Raise OwnProposal, Overtaken, or as `deciding.decide`."""
    with transaction.atomic():
        filing, proposal = _held(filing, seen=seen, by=by)
        first = proposal.proposed_by
        decision = deciding.decide(filing, verdict_of(proposal), seen=seen, by=by, at=at, proposed_by=first)
        _end(proposal, by=by, at=at)
        return decision


def send_back(filing: Filing, *, word: str, seen: int, by: Account, at: datetime) -> Proposal:
    """Nothing is decided, and whoever proposed reads why. Raise OwnProposal, Overtaken or holding.NeedsAnother."""
    with transaction.atomic():
        filing, proposal = _held(filing, seen=seen, by=by)
        touch(filing)
        _end(proposal, by=by, at=at, word=word.strip())
        _record(filing, history.SENT_BACK, by=by, at=at)
        return proposal


def verdict_of(proposal: Proposal) -> Verdict:
    return Verdict(**proposal.verdict)


def _held(filing: Filing, *, seen: int, by: Account) -> tuple[Filing, Proposal]:
    filing = hold_unchanged(filing, seen=seen)
    refuse_same_hand(filing, by)
    proposal = filing.proposals.standing().select_related("proposed_by").first()
    if proposal is None:
        raise Overtaken
    if proposal.proposed_by_id == by.pk:
        raise OwnProposal
    return filing, proposal


def _end(proposal: Proposal, *, by: Account, at: datetime, word: str = "") -> None:
    proposal.ended_at, proposal.ended_by, proposal.word = at, by, word
    proposal.save(update_fields=["ended_at", "ended_by", "word"])


def _record(filing: Filing, kind: Kind, *, by: Account, at: datetime) -> None:
    """For agents: in the home's file, not in what the home reads."""
    facts: dict[str, Fact] = {"reference": filing.reference or "", "title": filing.title}
    write(kind, by=by.actor, at=at, household=filing.household.public_id, facts=facts)
