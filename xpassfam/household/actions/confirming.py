"""« Tout est exact »."""

from datetime import datetime, timedelta

from django.db import transaction

from xpassfam.household import history, policy
from xpassfam.household.models import Confirmation
from xpassfam.household.standing import Line, Subject, standing_of
from xpassfam.journal.actions import Actor, write
from xpassfam.people.access import ActingAccess, renewed
from xpassfam.people.actions.holding import NotAllowed
from xpassfam.people.models import Household, Person
from xpassfam.rules.confirmations import may_confirm_home
from xpassfam.rules.field_policy import Whose

DOUBLE_PRESS = timedelta(seconds=30)


class SomethingIsMissing(Exception):
    """What is required and empty cannot be exact."""

    def __init__(self, lines: list[Line]) -> None:
        super().__init__()
        self.lines = lines


def confirm(access: ActingAccess, *, by: Actor, at: datetime) -> None:
    """Confirm one's own data and, where the rules let one, the home's and its minors'.

    Pressed twice, it is confirmed once. Raise NotAllowed where the access ended meanwhile.
    """
    with transaction.atomic():
        home = Household.objects.select_for_update(of=("self",)).get(pk=access.household_id)
        now = renewed(access)
        if now is None:
            raise NotAllowed
        access = now
        standing = standing_of(access, policy.read())
        me = Person.objects.get(pk=access.person_id)
        subjects = [Subject(Whose.SELF, me)]
        if may_confirm_home(access):
            subjects += [Subject(Whose.HOME, home), *standing.minors]
        if Confirmation.objects.filter(person=me, at__gt=at - DOUBLE_PRESS).exists():
            return
        missing = [line for subject in subjects for line in standing.missing(subject)]
        if missing:
            raise SomethingIsMissing(missing)
        Confirmation.objects.create(person=me, confirmed_by=me, at=at)
        if may_confirm_home(access):
            Confirmation.objects.create(household=home, confirmed_by=me, at=at)
            write(history.CONFIRMED, by=by, at=at, household=access.household)
        write(history.CONFIRMED_OWN, by=by, at=at, household=access.household, person=access.person)
