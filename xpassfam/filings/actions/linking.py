"""An agent says which decision a complaint is about, where it named none that was found."""

from datetime import datetime

from django.db import transaction

from xpassfam.accounts.models import Account
from xpassfam.filings import history, telling
from xpassfam.filings.actions.using import keep_private
from xpassfam.filings.contested import decision_of, may_unlink
from xpassfam.filings.holding import hold, hold_unchanged, refuse_same_hand, touch
from xpassfam.filings.models import Decision, Filing
from xpassfam.filings.states import Event, NotPossible


def link(filing: Filing, reference: str, *, seen: int, by: Account, at: datetime) -> Decision:
    """From then on it is as if begun from the decision's page: whoever decided examines it no more.

    Whoever decided may link it all the same: it takes it out of their hands. Raise Overtaken, NotPossible,
    holding.NeedsAnother (of what is linked already), or contested.NotLinkable.
    """
    with transaction.atomic():
        filing = hold_unchanged(filing, seen=seen)
        refuse_same_hand(filing, by)
        if not (filing.is_complaint and filing.is_pending) or filing.contests:
            raise NotPossible(filing.status, Event.EXAMINE)
        hold(decision_of(filing, reference).filing)
        # Once more, now that nothing else can happen to what was decided.
        decision = decision_of(filing, reference)
        filing.contests, filing.linked_by = decision, by
        if decision.filing.is_private:
            keep_private(filing)
        if filing.assigned_to and filing.is_contest_of(filing.assigned_to):
            filing.assigned_to = None
        touch(filing, "contests", "linked_by", "is_private", "assigned_to")
        telling.record(filing, history.LINKED, by=by.actor, at=at)
        telling.record(decision.filing, history.CONTESTED, by=by.actor, at=at)
    return decision


def unlink(filing: Filing, *, seen: int, by: Account, at: datetime) -> Filing:
    """An agent's link was wrong: the complaint is about no decision again, until another is named. What the family
    named itself stays; so does what became private, since it may have been written for nobody else.

    Raise Overtaken, NotPossible, or holding.NeedsAnother: whoever decided does not take it back into their hands.
    """
    with transaction.atomic():
        filing = hold_unchanged(filing, seen=seen)
        refuse_same_hand(filing, by)
        if filing.contests is None or not may_unlink(filing, by):
            raise NotPossible(filing.status, Event.EXAMINE)
        decided = filing.contests.filing
        filing.contests = filing.linked_by = None
        touch(filing, "contests", "linked_by")
        telling.record(filing, history.UNLINKED, by=by.actor, at=at)
        telling.record(decided, history.NO_LONGER_CONTESTED, by=by.actor, at=at)
    return filing
