from dataclasses import dataclass
from datetime import timedelta

import pytest

from tests.people.factories import TODAY, acting, household, living, person
from xpassfam.people import access
from xpassfam.people.models import Access

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - timedelta(days=1)


@dataclass
class Account:
    person_id: int | None


def test_a_persons_accesses_come_in_one_query(django_assert_num_queries):
    camille = person()
    homes = [household("Martin"), household("Blanc")]
    for home in homes:
        acting(camille, home)

    with django_assert_num_queries(1):
        found = access.for_account(Account(camille.pk), on=TODAY)

    assert [one.household_name for one in found] == ["Martin", "Blanc"]
    assert found[0].may_change
    assert access.choose(found, homes[1].public_id) == found[1]
    assert access.choose(found, "somebody else's") == found[0]


@pytest.mark.parametrize("end", ["access", "household", "person"])
def test_what_is_ended_or_closed_lets_nobody_in(end):
    camille, home = person(), household()
    acting(camille, home)
    if end == "access":
        Access.objects.update(until=TODAY)
    elif end == "household":
        home.__class__.objects.update(closed_on=TODAY)
    else:
        camille.__class__.objects.update(closed_on=TODAY)

    assert access.for_account(Account(camille.pk), on=TODAY) == ()
    assert len(access.for_account(Account(camille.pk), on=YESTERDAY)) == 1
    assert access.choose(()) is None


@pytest.mark.parametrize("role", ["holder", "partner", "dependent_child"])
def test_who_left_a_home_is_not_its_guardian(role):
    camille, guardian, home = person(), person("Rose Blanc"), household()
    living(camille, home, role, until=YESTERDAY)

    assert not acting(camille, home).represents
    assert acting(guardian, home).represents


def test_an_account_without_a_person_acts_for_nobody():
    acting(person(), household())

    assert access.for_account(Account(None), on=TODAY) == ()
