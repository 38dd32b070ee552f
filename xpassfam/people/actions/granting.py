"""Accesses given and taken back by families."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, Subquery
from django.utils import timezone

from xpassfam.journal.actions import Actor, write
from xpassfam.journal.kinds import Kind
from xpassfam.people import history
from xpassfam.people.access import ActingAccess
from xpassfam.people.actions.holding import NotAllowed, hold_for
from xpassfam.people.models import Access, Household, Invitation, Person, Residence
from xpassfam.rules.granting import Held, may_end

# Accounts stand above this room: they are asked through the person.
_SIGNS_IN = ExpressionWrapper(
    Q(person__account__isnull=False, person__account__closed_at=None, person__account__blocked_at=None),
    output_field=BooleanField(),
)


def give(
    person: Person, *, household: Household, permission: str, until: date | None, origin: str, by: Actor, at: datetime
) -> Access:
    """Let somebody act for a household that the caller holds. Writes no line: what led to it does."""
    return Access.objects.create(
        household=household,
        person=person,
        permission=permission,
        origin=origin,
        since=timezone.localdate(at),
        until=until,
    )


def held_in(household_id: int, *, on: date) -> dict[int, Held]:
    """The open accesses of a household as the rules want them, by primary key. One query."""
    stays = Residence.objects.open_on(on).filter(household=household_id, person=OuterRef("person"))
    rows = Access.objects.open_on(on).filter(household=household_id)
    rows = rows.annotate(role=Subquery(stays.values("role")[:1]), signs_in=_SIGNS_IN)
    return {
        row.pk: Held(
            row.person_id,
            row.permission,
            role=row.role or "",
            origin=row.origin,
            until=row.until,
            signs_in=row.signs_in,
        )
        for row in rows
    }


def tell_own(kind: Kind, someone: Person, *, by: Actor, at: datetime, **facts: str) -> None:
    """A line that is theirs alone, in whichever file they read their history."""
    account = getattr(someone, "account", None)
    chain = account.public_id if account else ""
    write(kind, by=by, at=at, account=chain, person=someone.public_id, facts=dict(facts))


def end(access: Access, *, viewer: ActingAccess, by: Actor, at: datetime) -> Access:
    """Take an access back, or give up one's own: it lets nobody in from the next request on. Raise NotAllowed."""
    today = timezone.localdate(at)
    with transaction.atomic():
        household, viewer = hold_for(viewer, "view")
        held = held_in(household.pk, on=today)
        mine = held.pop(access.pk, None)
        if mine is None or not may_end(viewer, mine, held.values()):
            raise NotAllowed
        Access.objects.filter(pk=access.pk).update(until=today)
        access.refresh_from_db()
        # Another invitation of theirs that waits would let them back in.
        Invitation.objects.told_waiting(at).filter(household=household, person=access.person_id).withdraw(at)
        is_own = access.person_id == viewer.person_id
        kind = history.ACCESS_GIVEN_UP if is_own else history.ACCESS_ENDED
        own_kind = history.OWN_ACCESS_GIVEN_UP if is_own else history.OWN_ACCESS_ENDED
        someone = access.person
        write(
            kind,
            by=by,
            at=at,
            household=household.public_id,
            person=someone.public_id,
            facts={"name": str(someone)},
        )
        tell_own(own_kind, someone, by=by, at=at, household=household.name)
    return access
