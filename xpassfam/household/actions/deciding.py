"""An agent answers what a family asked."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from xpassfam.household import history
from xpassfam.household.actions.changing import AlreadyDecided, locked_change
from xpassfam.household.fields import FIELDS
from xpassfam.household.models import Change, Reason
from xpassfam.household.telling import follow_names, record, tell, tell_other_homes
from xpassfam.journal.actions import Actor
from xpassfam.people.actions.correcting import correct, lock_homes, texts_of
from xpassfam.people.models import Access, Residence, Separation


class NeedsExplanation(Exception):
    """« Another reason » says nothing by itself."""


class NotTheirsAnyMore(Exception):
    """Whoever asked no longer lives in that home or acts for it, or a separation is declared there."""


def open_for_reading(change: Change, *, by: Actor, at: datetime) -> None:
    """An agent's reading of a family's data is in that family's history."""
    with transaction.atomic():
        record(change, history.OPENED, by=by, at=at)


def approve(change: Change, *, by: Actor, at: datetime) -> Change:
    """Make the change. AlreadyDecided where another agent, or the family, was first; or NotTheirsAnyMore."""
    with transaction.atomic():
        lock_homes(change.person or change.household, at=at, besides=change.household_id)
        change = _pending(change)
        if not _is_still_theirs(change, on=timezone.localdate(at)):
            raise NotTheirsAnyMore
        row, field = change.person or change.household, FIELDS[change.field]
        # What is replaced is what stands today: an import may have passed since the family asked.
        change.before = texts_of(row, field.name)
        correct(row, field=field.name, values=change.after, by=by, at=at)
        _decide(change, Change.Status.APPROVED, by=by, at=at)
        follow_names(change)
        tell(change, "household/mail/approved", at=at)
        record(change, history.APPROVED, by=by, at=at)
        tell_other_homes(change, at=at)
    return change


def refuse(change: Change, *, reason: str, explanation: str, by: Actor, at: datetime) -> Change:
    """Leave things as they are, and say why. AlreadyDecided as `approve`."""
    if reason == Reason.OTHER and not explanation.strip():
        raise NeedsExplanation
    with transaction.atomic():
        change = _pending(change)
        change.reason, change.explanation = reason, explanation.strip()
        _decide(change, Change.Status.REFUSED, by=by, at=at)
        words = " ".join(filter(None, [str(Reason(reason).label), change.explanation]))
        tell(change, "household/mail/refused", at=at, reason=words)
        record(change, history.REFUSED, by=by, at=at, reason=words)
    return change


def _pending(change: Change) -> Change:
    change = locked_change(change)
    if change.status != Change.Status.PENDING:
        raise AlreadyDecided
    return change


def _is_still_theirs(change: Change, *, on: date) -> bool:
    """One's own data stays one's own; the home's and its children's are asked by who lives there and acts for it."""
    if change.person_id == change.asked_by_id:
        return True
    theirs = {"household": change.household_id, "person": change.asked_by_id}
    acts = Access.objects.open_on(on).filter(**theirs).exists()
    lives_there = Residence.objects.open_on(on).filter(**theirs).exists()
    return acts and lives_there and not Separation.objects.open().filter(household=change.household_id).exists()


def _decide(change: Change, status: Change.Status, *, by: Actor, at: datetime) -> None:
    change.status, change.decided_at, change.decided_by = status, at, by.name
    change.save(update_fields=["before", "status", "decided_at", "decided_by", "reason", "explanation"])
