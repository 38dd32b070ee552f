"""A family changes its data: at once, or once an agent approved."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from xpassfam.household import history, policy
from xpassfam.household.fields import FIELDS, Field, is_known, version_of
from xpassfam.household.models import Change
from xpassfam.household.standing import Standing, Subject, standing_of
from xpassfam.household.telling import follow_names, record, tell, tell_other_homes
from xpassfam.journal.actions import Actor
from xpassfam.people.access import ActingAccess, renewed
from xpassfam.people.actions.correcting import correct, lock_homes, texts_of
from xpassfam.people.models import Household, Person
from xpassfam.rules.field_policy import Mode, Whose

SYSTEM = Actor(kind="system")


class NotAllowed(Exception):
    """The organisation's policy, or the access, does not let this person change this."""


class AlreadyWaiting(Exception):
    """A change of this field waits for an agent: withdraw it first."""


class Overtaken(Exception):
    """The value is no longer the one that the form was filled in from."""


class AlreadyDecided(Exception):
    """An agent answered first."""


def ask(
    subject: Subject,
    *,
    field: Field,
    values: Mapping[str, str],
    access: ActingAccess,
    form_key: str,
    seen: str,
    by: Actor,
    at: datetime,
) -> Change | None:
    """Change a field, or ask an agent to; None where the values are those already known.

    `seen` is the version that the form was filled in from. The same form twice gives the first's change.
    """
    with transaction.atomic():
        lock_homes(subject.row, at=at, besides=access.household_id)
        access = _as_it_stands(access)
        standing = standing_of(access, policy.read())
        subject = _as_it_is_now(subject, standing)
        mode = standing.mode(subject, field)
        if not mode.is_open or (standing.is_required(field) and not is_known(field, values)):
            raise NotAllowed
        before, first = texts_of(subject.row, field.name), _same_form(access, form_key)
        if first and _is_the_same(first, subject, field, values) and _still_holds(first, before):
            return first
        if _waiting(subject, field, access):
            raise AlreadyWaiting
        if first or seen != version_of(before):
            raise Overtaken
        if dict(values) == before:
            return None
        change = _new(subject, field, access=access, form_key=form_key, before=before, after=dict(values), at=at)
        if mode is Mode.APPROVAL:
            _wait(change, by=by, at=at)
        else:
            _apply(change, subject, by=by, at=at)
    return change


def withdraw(change: Change, *, access: ActingAccess, by: Actor, at: datetime) -> Change:
    """Take a request back before an agent answers. AlreadyDecided where one did."""
    with transaction.atomic():
        change = locked_change(change)
        if not may_withdraw(change, access=_as_it_stands(access)):
            raise NotAllowed
        if change.status != Change.Status.PENDING:
            raise AlreadyDecided
        change.status, change.decided_at, change.decided_by = Change.Status.WITHDRAWN, at, by.name
        change.save(update_fields=["status", "decided_at", "decided_by"])
        record(change, history.WITHDRAWN, by=by, at=at)
    return change


def may_withdraw(change: Change, *, access: ActingAccess) -> bool:
    """Whoever may change a field may take back a change of it."""
    standing, field = standing_of(access, policy.read()), FIELDS[change.field]
    return standing.mode(Subject(field.whose, change.person or change.household), field).is_open


def drop_shared(household_id: int, *, by: Actor, at: datetime) -> None:
    """What waits for the home and its children is asked by nobody any more. For a caller who holds the home."""
    shared = Change.objects.pending().filter(household=household_id).exclude(person=F("asked_by"))
    for change in shared.select_related("household", "person").order_by("pk"):
        _take_off(change, history.DROPPED, by=by, at=at)


def drop_left_behind(*, at: datetime) -> int:
    """What was asked for a home by somebody who left it since is asked by nobody any more; return how many."""
    left = list(Change.objects.left_behind(timezone.localdate(at)).order_by("household", "pk"))
    for found in left:
        with transaction.atomic():
            change = locked_change(found)
            if change.status == Change.Status.PENDING:
                _take_off(change, history.LEFT_BEHIND, by=SYSTEM, at=at)
    return len(left)


def _take_off(change: Change, code: str, *, by: Actor, at: datetime) -> None:
    change.status, change.decided_at, change.decided_by = Change.Status.WITHDRAWN, at, by.name
    change.save(update_fields=["status", "decided_at", "decided_by"])
    tell(change, "household/mail/change_dropped", at=at, has_left="oui" if code == history.LEFT_BEHIND else "")
    record(change, code, by=by, at=at)


def put_away(change: Change, *, at: datetime) -> None:
    """The family read the answer."""
    Change.objects.filter(pk=change.pk, read_at=None).update(read_at=at)


def _apply(change: Change, subject: Subject, *, by: Actor, at: datetime) -> None:
    change.status, change.decided_at, change.decided_by = Change.Status.APPLIED, at, by.name
    change.save(force_insert=True)
    correct(subject.row, field=FIELDS[change.field].name, values=change.after, by=by, at=at)
    follow_names(change)
    if FIELDS[change.field].is_contact:
        tell(change, "household/mail/contact_changed", at=at)
    record(change, history.CHANGED, by=by, at=at)
    tell_other_homes(change, at=at)


def locked_change(change: Change) -> Change:
    """As it is now, held with its home, in the order home then change."""
    Household.objects.select_for_update(of=("self",)).get(pk=change.household_id)
    rows = Change.objects.select_for_update(of=("self",)).select_related("household", "person")
    return rows.get(pk=change.pk)


def _wait(change: Change, *, by: Actor, at: datetime) -> None:
    change.save(force_insert=True)
    record(change, history.ASKED, by=by, at=at)


def _waiting(subject: Subject, field: Field, access: ActingAccess) -> bool:
    same = Change.objects.pending().filter(person=subject.person, field=field.code)
    return (same if subject.whose is Whose.SELF else same.filter(household=access.household_id)).exists()


def _new(
    subject: Subject,
    field: Field,
    *,
    access: ActingAccess,
    form_key: str,
    before: dict[str, str],
    after: dict[str, str],
    at: datetime,
) -> Change:
    home = access.at_home if subject.whose is Whose.SELF else access
    return Change(
        household=Household.objects.get(pk=home.household_id),
        person=subject.person,
        field=field.code,
        before=before,
        after=after,
        status=Change.Status.PENDING,
        asked_by_id=access.person_id,
        asked_at=at,
        form_key=form_key,
    )


def _as_it_stands(access: ActingAccess) -> ActingAccess:
    """The access may have ended, or been frozen, while this waited for the lock."""
    now = renewed(access)
    if now is None:
        raise NotAllowed
    return now


def _as_it_is_now(subject: Subject, standing: Standing) -> Subject:
    """Read again under the lock, and still theirs to change."""
    access = standing.access
    if subject.whose is Whose.HOME and subject.row.pk == access.household_id:
        return Subject(Whose.HOME, Household.objects.get(pk=access.household_id))
    if subject.whose is Whose.SELF and subject.row.pk == access.person_id:
        return Subject(Whose.SELF, Person.objects.get(pk=access.person_id))
    minor = standing.minor(subject.row.public_id) if subject.whose is Whose.CHILD else None
    if minor is None:
        raise NotAllowed
    return minor


def _same_form(access: ActingAccess, form_key: str) -> Change | None:
    return Change.objects.filter(asked_by=access.person_id, form_key=form_key).first()


def _is_the_same(first: Change, subject: Subject, field: Field, values: Mapping[str, str]) -> bool:
    person_id = subject.person.pk if subject.person else None
    return (first.field, first.person_id, first.after) == (field.code, person_id, dict(values))


def _still_holds(first: Change, now: Mapping[str, str]) -> bool:
    """Whether a form sent again may be told what it was told: not once it was withdrawn, refused or changed since."""
    is_done = first.status in (Change.Status.APPLIED, Change.Status.APPROVED) and first.after == now
    return is_done or first.status == Change.Status.PENDING
