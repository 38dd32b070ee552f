"""A couple that parts: sharing stops at once, the organisation settles the rest."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from xpassfam.journal.actions import Actor, write
from xpassfam.people import history
from xpassfam.people.access import ActingAccess, renewed
from xpassfam.people.actions.holding import NotAllowed, hold
from xpassfam.people.actions.inviting import withdraw_all
from xpassfam.people.models import Access, Invitation, Person, Residence, Separation
from xpassfam.rules.visibility import COUPLE_ROLES

Outcome = Separation.Outcome


class StillTogether(Exception):
    """The register still holds both in one file: closing the freeze would share again what was hidden."""


def couple(household_id: int, *, on: date) -> list[Person]:
    """The holder and the partners who live in a home that day. One query."""
    stays = Residence.objects.open_on(on).filter(household=household_id, role__in=COUPLE_ROLES)
    return [stay.person for stay in stays.select_related("person").order_by("rank", "pk")]


def may_declare(access: ActingAccess) -> bool:
    """One of a couple that lives there, whatever their permission: leaving is nobody's to allow."""
    return access.role in COUPLE_ROLES and not access.is_frozen and len(couple(access.household_id, on=access.on)) > 1


def declare(*, viewer: ActingAccess, by: Actor, at: datetime) -> Separation:
    """Freeze sharing in the home acted for. Raise NotAllowed."""
    with transaction.atomic():
        household = hold(viewer.household_id)
        now = renewed(viewer)
        if now is None or not may_declare(now):
            raise NotAllowed
        separation = Separation.objects.create(household=household, declared_by_id=now.person_id, declared_at=at)
        withdraw_all(household, at=at)
        write(history.SEPARATION_DECLARED, by=by, at=at, household=household.public_id)
    return separation


def take_back(separation: Separation, *, viewer: ActingAccess, by: Actor, at: datetime) -> Separation:
    """Who declared it says that it was a mistake; the other must agree. Raise NotAllowed."""
    with transaction.atomic():
        separation = _held(separation)
        if separation.declared_by_id != viewer.person_id or separation.taking_back_at:
            raise NotAllowed
        separation.taking_back_at = at
        separation.save(update_fields=["taking_back_at"])
        write(history.SEPARATION_TAKEN_BACK, by=by, at=at, household=separation.household.public_id)
    return separation


def maintain(separation: Separation, *, viewer: ActingAccess, by: Actor, at: datetime) -> Separation:
    """It was no mistake after all, says either of them. Raise NotAllowed."""
    with transaction.atomic():
        separation = _held(separation)
        if viewer.role not in COUPLE_ROLES or not separation.taking_back_at:
            raise NotAllowed
        separation.taking_back_at = None
        separation.save(update_fields=["taking_back_at"])
        write(history.SEPARATION_MAINTAINED, by=by, at=at, household=separation.household.public_id)
    return separation


def agree(separation: Separation, *, viewer: ActingAccess, by: Actor, at: datetime) -> Separation:
    """The other of the couple agrees that it was a mistake: sharing is as before. Raise NotAllowed."""
    with transaction.atomic():
        separation = _held(separation)
        is_other = viewer.role in COUPLE_ROLES and viewer.person_id != separation.declared_by_id
        if not (is_other and separation.taking_back_at):
            raise NotAllowed
        return _close(separation, Outcome.MISTAKE, reason="", by=by, at=at)


def settle(separation: Separation, *, outcome: str, reason: str, by: Actor, at: datetime) -> Separation:
    """The organisation closes it, with its reason. Raise NotAllowed (settled meanwhile) or StillTogether."""
    today = timezone.localdate(at)
    with transaction.atomic():
        separation = _held(separation)
        if outcome == Outcome.TWO_FILES:
            remaining = couple(separation.household_id, on=today)
            if len(remaining) > 1:
                raise StillTogether
            _end_accesses_of_who_left(separation, remaining, on=today)
        return _close(separation, outcome, reason=reason, by=by, at=at)


def _end_accesses_of_who_left(separation: Separation, remaining: list[Person], *, on: date) -> None:
    """Whoever lived there as a couple and left no longer acts for it, however the access was given; nor whom they
    let in, but for those of the couple who stay.
    """
    home = separation.household_id
    gone = Residence.objects.filter(household=home, role__in=COUPLE_ROLES).exclude(person__in=remaining)
    let_in = Invitation.objects.filter(
        household=home, answer=Invitation.Answer.ACCEPTED, invited_by__in=gone.values("person")
    )
    by_them = Q(origin=Access.Origin.INVITATION, person__in=let_in.values("person"))
    ended = Access.objects.open_on(on).filter(by_them | Q(person__in=gone.values("person")), household=home)
    ended.exclude(person__in=remaining).update(until=on)


def _held(separation: Separation) -> Separation:
    hold(separation.household_id)
    try:
        return Separation.objects.open().select_for_update(of=("self",)).get(pk=separation.pk)
    except Separation.DoesNotExist as error:
        raise NotAllowed from error


def _close(separation: Separation, outcome: str, *, reason: str, by: Actor, at: datetime) -> Separation:
    separation.settled_at, separation.outcome, separation.reason = at, outcome, reason
    separation.save(update_fields=["settled_at", "outcome", "reason"])
    facts = {"outcome": str(Outcome(outcome).label)}
    write(history.SEPARATION_SETTLED, by=by, at=at, household=separation.household.public_id, facts=dict(facts))
    return separation
