"""What the demo shows of accesses: an invitation that waits, a separation, a child about to be 18."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from xpassfam.accounts.models import Account
from xpassfam.household.actions import inviting, separating
from xpassfam.journal.actions import Actor
from xpassfam.people.access import ActingAccess, for_account
from xpassfam.people.actions.correcting import correct
from xpassfam.people.actions.inviting import Guest
from xpassfam.people.models import Invitation, Person, Separation
from xpassfam.rules.ages import MAJORITY
from xpassfam.rules.majority import ANNOUNCED, majority_on

INVITER, GUEST = "ESF-2022-068191-F", "ESF-1998-016789-G"
SEPARATED = "ESF-2017-029927-P"  # until it is settled, both keep one file
ALMOST_ADULT = "P002692"  # whose birthday moves with the demo, so that it always comes soon
SOON = timedelta(days=12)


def load(*, by: Actor, at: datetime) -> None:
    """A second time, nothing new, but a birthday that has passed comes again."""
    _move_birthday(by=by, at=at)
    _invite(at=at)
    _separate(at=at)


def _move_birthday(*, by: Actor, at: datetime) -> None:
    today = timezone.localdate(at)
    child = Person.objects.filter(register_key=ALMOST_ADULT).first()
    if child is None or (child.birth_date and today < majority_on(child.birth_date) <= today + ANNOUNCED):
        return
    day = today + SOON
    born = date(day.year - MAJORITY, day.month, min(day.day, 28))
    with transaction.atomic():
        correct(child, field="birth_date", values={"birth_date": born.isoformat()}, by=by, at=at)


def _invite(*, at: datetime) -> None:
    guest = Person.objects.filter(member_number=GUEST).first()
    inviter = _acting(INVITER, at=at)
    if guest is None or inviter is None:
        return
    viewer, by = inviter
    if not Invitation.objects.filter(household=viewer.household_id).exists():
        named = Guest(guest, typed_name=guest.last_name, typed_number=guest.member_number or "")
        until = timezone.localdate(at) + timedelta(days=366)
        inviting.invite(named, viewer=viewer, permission="requests", until=until, by=by, at=at)


def _separate(*, at: datetime) -> None:
    declaring = _acting(SEPARATED, at=at)
    if declaring is None:
        return
    viewer, by = declaring
    if not Separation.objects.filter(household=viewer.household_id).exists():
        separating.declare(viewer=viewer, by=by, at=at)


def _acting(member_number: str, *, at: datetime) -> tuple[ActingAccess, Actor] | None:
    account = Account.objects.select_related("person").filter(person__member_number=member_number).first()
    accesses = for_account(account, on=timezone.localdate(at)) if account else ()
    return (accesses[0], account.actor) if account and accesses else None
