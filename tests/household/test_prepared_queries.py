"""A query compiled once gives, for everybody, the rows that Django gives."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.utils import timezone

from tests.household.families import ask_for_address
from tests.people.factories import Acting
from xpassfam.household import waiting
from xpassfam.household.for_dashboard import accesses
from xpassfam.household.models import Change, Confirmation
from xpassfam.people import access
from xpassfam.people.models import Access, Invitation, Residence
from xpassfam.people.prepared import Prepared
from xpassfam.rules.visibility import Viewer

pytestmark = pytest.mark.django_db
SHAPES = list(product(("all", "view"), ("holder", "partner", ""), (False, True), (False, True)))


@pytest.fixture
def history(family):
    """Something to find for each of the queries, and something to leave out."""
    ask_for_address(family.client(family.camille))
    now = timezone.now()
    for number, (asker, child) in enumerate(product((family.camille, family.karim), (family.ines, family.lea))):
        Change.objects.create(
            household=family.home, person=child, field=f"child_last_name {number}", before={}, after={},
            status="pending", asked_by=asker, asked_at=now, form_key=f"k{number}",
        )  # fmt: skip
    Confirmation.objects.create(household=family.home, confirmed_by=family.camille, at=now)
    Confirmation.objects.create(person=family.karim, confirmed_by=family.karim, at=now - timedelta(days=9))
    family.tom.birth_date = None
    family.tom.save()
    for days in (1, 30):
        Invitation.objects.create(
            household=family.other_home, invited_by=family.antoine, person=family.karim, permission="view",
            created_at=now, sent_at=now, expires_at=now + timedelta(days=days),
        )  # fmt: skip
    return family


@pytest.mark.parametrize("prepared", [waiting._HOME, waiting._CHANGES])
def test_for_every_viewer_on_any_day(history, prepared):
    family, today = history, timezone.localdate()
    persons, homes = (family.camille, family.karim, family.lea, family.antoine), (family.home, family.other_home)
    days = (today, date(2024, 2, 29), date(2044, 1, 1))
    found = []
    for (permission, role, represents, is_frozen), person, home, day in product(SHAPES, persons, homes, days):
        flags = {"permission": permission, "role": role, "represents": represents, "is_frozen": is_frozen}
        viewer = Viewer(person.pk, home.pk, day, **flags)
        rows = prepared.rows(viewer)
        assert sorted(rows, key=str) == sorted(prepared.build(viewer), key=str)
        found += rows

    assert len(set(found)) > 3, "nothing to compare"


def test_of_accesses(history):
    Access.objects.create(person=history.karim, household=history.other_home, since=date(2020, 1, 1), permission="view")
    for someone, day in product((history.karim, history.lea), (timezone.localdate(), date(2019, 1, 1))):
        rows = access._OPEN.rows(person_id=someone.pk, on=day)
        assert rows == list(access._open(person_id=someone.pk, on=day))
        assert len(rows) == len(access.for_account(Acting(someone.pk), on=day))


def test_of_invitations(history):
    now = timezone.now()
    for at, count in ((now, 2), (now + timedelta(days=2), 1), (now + timedelta(days=40), 0)):
        rows = accesses._RECEIVED.rows(person_id=history.karim.pk, at=at)
        assert rows == list(accesses._to_answer(person_id=history.karim.pk, at=at))
        assert len(rows) == count


def test_a_value_that_the_query_does_not_use_is_a_mistake(family):
    prepared = Prepared(lambda *, on, person_id: Residence.objects.filter(person=person_id).values_list("pk"))

    with pytest.raises(AssertionError, match="on"):
        prepared.rows(on=timezone.localdate(), person_id=1)
