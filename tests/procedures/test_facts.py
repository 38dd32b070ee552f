"""What is known of a family when it files is what its own access shows."""

from datetime import date

import pytest
from django.utils import timezone

from tests.filings.factories import SYSTEM, rights
from tests.household.homes import couple
from tests.people.factories import Role, acting, living, person
from xpassfam.entitlements.reading import bracket_known
from xpassfam.people.actions.recording_income import record
from xpassfam.people.models import Separation
from xpassfam.procedures.facts import facts_of

pytestmark = pytest.mark.django_db


def test_who_lives_there_with_their_ages_and_what_fields_may_be_filled_in_with():
    home = couple()
    facts = facts_of(home.access_of(home.holder))

    assert [(one.name, one.role, one.is_me) for one in facts.residents] == [
        ("Camille Martin", "holder", True),
        ("Karim Benali", "partner", False),
        ("Inès Benali", "dependent_child", False),
    ]
    assert facts.resident(home.child.public_id).born == date(2017, 6, 18)
    assert facts.known["me.email"] == "camille@example.org"
    assert facts.known["home.address"]["town"] == "Nantes"
    assert "requests" in facts.acts


def test_of_an_adult_child_conditions_know_the_age_and_fields_nothing_more():
    home = couple()
    lea = person("Léa Benali", date(2006, 11, 30))
    living(lea, home.household, Role.DEPENDENT_CHILD, rank=4)

    facts = facts_of(home.access_of(home.holder))
    assert facts.resident(lea.public_id).born == date(2006, 11, 30)
    assert not [source for source in facts.known if not source.startswith(("me.", "home."))]


def test_a_declared_separation_hides_the_address_and_the_other_s_age():
    home = couple()
    Separation.objects.create(household=home.household, declared_by=home.holder.person, declared_at=timezone.now())

    facts = facts_of(home.access_of(home.partner))
    assert facts.is_frozen
    assert "home.address" not in facts.known
    assert facts.resident(home.holder.person.public_id).born is None


def test_who_acts_from_outside_is_no_resident():
    home = couple()
    facts = facts_of(acting(person("Hugo Aidant"), home.household, permission="view"))

    assert (facts.me.role, facts.me.name) == ("", "Hugo Aidant")
    assert len(facts.residents) == 3
    assert facts.acts == {"view"}


def test_the_number_of_queries_does_not_follow_the_family(django_assert_num_queries):
    home = couple()
    access = home.access_of(home.holder)
    facts_of(access)
    with django_assert_num_queries(4):
        facts_of(access)
    for number in range(8):
        living(person(f"Enfant{number} Benali"), home.household, Role.DEPENDENT_CHILD, rank=9)
    with django_assert_num_queries(4):
        facts_of(access)


def test_the_bracket_is_that_of_the_latest_income_and_told_to_who_may_know_it():
    home = couple()
    rights()
    for month, euros in ((9, 984), (8, 400)):
        record(
            home.household, quotient_cents=euros * 100, month=date(2026, month, 1), source="caf", cause="",
            by=SYSTEM, at=timezone.now(),
        )  # fmt: skip
    helper = acting(person("Hugo Aidant"), home.household, permission="requests")

    assert bracket_known(home.household.pk, date(2026, 11, 23)) == "T3"
    assert bracket_known(home.household.pk, date(2027, 11, 23)) == ""
    assert facts_of(helper).bracket == ""


def test_numbers_that_end_with_another_letter_than_ours_are_not_looked_at():
    home = couple()
    holder = home.holder.person
    assert facts_of(home.access_of(home.holder)).checks_numbers

    holder.member_number = "ESF-2019-004812-L"
    holder.save()

    assert not facts_of(home.access_of(home.holder)).checks_numbers
