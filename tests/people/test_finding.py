from datetime import date, timedelta

import pytest

from tests.people.factories import TODAY, Role, household, living, person
from xpassfam.people import finding
from xpassfam.people.models import Person

pytestmark = pytest.mark.django_db
BORN = date(1988, 4, 12)


@pytest.fixture
def camille():
    home = household(file_number="NAN-104-233")
    camille = person("Camille Martin", BORN, member_number="ESF-2019-004812-K")
    living(camille, home)
    living(person("Inès Martin", date(2017, 6, 18)), home, Role.DEPENDENT_CHILD)
    return camille


def by_file(file_number="NAN-104-233", birth_date=BORN, last_name="Martin", first_names="Camille", on=TODAY):
    return finding.by_file(file_number, birth_date=birth_date, last_name=last_name, first_names=first_names, on=on)


@pytest.mark.parametrize("typed", ["ESF-2019-004812-K", "esf20194812k", " ESF 2019 004812 K\u200b", "ESF–2019–4812–K"])
def test_a_member_number_is_found_however_it_is_typed(camille, typed):
    assert finding.by_member_number(typed, on=TODAY) == camille


def test_a_number_of_nobody_finds_nobody(camille):
    assert finding.by_member_number("ESF-2019-004813-K", on=TODAY) is None
    assert finding.by_member_number("bonjour", on=TODAY) is None


@pytest.mark.parametrize("typed", ["NAN-104-233", "nan104233", "NAN 104 233", "Nan‑104–233"])
def test_a_file_is_found_however_its_number_is_typed(camille, typed):
    assert by_file(typed) == camille


@pytest.mark.parametrize(
    "wrong",
    [
        {"file_number": "NAN-104-234"},
        {"file_number": ""},
        {"birth_date": date(1988, 4, 13)},
        {"birth_date": None},
        {"last_name": "Durand"},
        {"first_names": "Inès"},
        {"first_names": ""},
    ],
)
def test_each_of_number_birth_date_and_name_must_agree(camille, wrong):
    assert by_file(**wrong) is None


def test_somebody_without_a_birth_date_is_not_found_by_leaving_it_out(camille):
    Person.objects.filter(pk=camille.pk).update(birth_date=None)

    assert by_file(birth_date=None) is None
    assert by_file() is None


def test_twins_are_told_apart_by_name(camille):
    home = camille.residences.get().household
    lea, zoe = person("Léa Martin", date(2009, 1, 1)), person("Zoé Martin", date(2009, 1, 1))
    living(lea, home, Role.DEPENDENT_CHILD)
    living(zoe, home, Role.DEPENDENT_CHILD)

    assert by_file(birth_date=date(2009, 1, 1), first_names="zoe") == zoe
    assert by_file(birth_date=date(2009, 1, 1), first_names="Léa") == lea


def test_who_left_the_file_or_the_register_is_not_found(camille):
    camille.residences.update(until=TODAY)
    assert by_file() is None
    assert by_file(on=TODAY - timedelta(days=1)) == camille

    camille.residences.update(until=None)
    Person.objects.filter(pk=camille.pk).update(closed_on=TODAY)
    assert by_file() is None
    assert finding.by_member_number("ESF-2019-004812-K", on=TODAY) is None


@pytest.mark.parametrize("typed", ["ESF-2019-004812-K", "ESF-2019-000001-A", "bonjour", ""])
def test_a_number_costs_one_query_found_or_not(camille, typed, django_assert_num_queries):
    with django_assert_num_queries(1):
        finding.by_member_number(typed, on=TODAY)


@pytest.mark.parametrize("typed", [{}, {"file_number": ""}, {"birth_date": None}, {"last_name": "Durand"}])
def test_a_file_costs_one_query_found_or_not(camille, typed, django_assert_num_queries):
    with django_assert_num_queries(1):
        by_file(**typed)
