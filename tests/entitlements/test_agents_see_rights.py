"""Agents read a family's rights today and on any day, with what decided, and the family reads that they did."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from tests.accounts.factories import account, sign_in
from tests.entitlements.texts import SUMMER, changed
from tests.household.homes import shown
from tests.people.factories import Role, household, living, person
from xpassfam.journal.models import Line
from xpassfam.people.models import Income


@pytest.fixture
def nadia(publishing):
    publishing(SUMMER)
    client = Client()
    sign_in(client, account(role="agent", email="nadia@example.org").email)
    return client


@pytest.fixture
def home(db):
    found = household()
    living(person(birth_date=date(1988, 4, 12)), found, Role.HOLDER)
    living(person("Inès Benali", birth_date=date(2017, 6, 18)), found, Role.DEPENDENT_CHILD)
    Income.objects.create(
        household=found, month=date(2026, 9, 1), quotient_cents=72_100, source="caf", recorded_at=timezone.now()
    )
    return found


def rights(client, home, day=""):
    return client.get(f"/gestion/foyers/{home.public_id}/droits/", {"date": day} if day else {})


def test_an_answer_has_its_reasons_with_values_beside_limits(nadia, home):
    page = shown(rights(nadia, home, "2026-11-23"))

    for said in (
        "Inès reçoit 60 €.",
        "60 €",
        "6 à 17 ans",
        "9 ans",
        "721 €",
        "900 €",
        "Règle, version 1.",
        "tranche T2",
    ):
        assert said in page


def test_another_day_has_its_own_rule_and_facts(nadia, home, publishing):
    publishing(changed("since: 2026-01-01", "since: 2027-01-01", changed("T2: 60", "T2: 70").replace(
        "amount: 60", "amount: 70")))  # fmt: skip

    assert "Inès reçoit 70 €." in shown(rights(nadia, home, "2027-02-01"))
    assert "Il nous manque votre quotient familial." in shown(rights(nadia, home, "2027-11-01"))


def test_the_family_reads_that_its_file_was_opened(nadia, home):
    rights(nadia, home)
    rights(nadia, home, "2027-02-01")

    assert Line.objects.filter(kind="household.read", scope__contains=home.public_id).count() == 1


def test_a_day_that_is_no_day_is_told_and_today_is_shown(nadia, home):
    response = rights(nadia, home, "2026-31-31")
    assert response.status_code == 400
    assert "Aujourd’hui." in shown(response)
    assert "de moins de 10 ans" in shown(rights(nadia, home, "2950-01-01"))


def test_an_administrator_reads_no_family_s_rights(publishing, home):
    client = Client()
    sign_in(client, account(role="administrator", email="thierry@example.org").email)

    assert rights(client, home).status_code == 403


def test_the_page_asks_the_same_of_the_database_for_any_family(nadia, home, django_assert_max_num_queries):
    rights(nadia, home)
    for _ in range(6):
        living(person(birth_date=date(2015, 1, 1)), home, Role.DEPENDENT_CHILD)
    with django_assert_max_num_queries(14):
        rights(nadia, home)
