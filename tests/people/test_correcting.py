"""What a family changed stands against the register, until the register learns or knows better."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from tests.people.factories import Role, household, living, person
from xpassfam.journal.actions import Actor
from xpassfam.people.actions.applying import Facts, apply
from xpassfam.people.actions.correcting import correct, hold, lock_homes, standing_corrections, texts_of
from xpassfam.people.models import Correction, Household, Person

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
FAMILY, REGISTER = Actor("family", name="Camille Martin"), Actor("system", name="register")
OLD = {"address": "14 rue du Coudray", "postcode": "44200", "town": "Nantes", "country": "FR"}
NEW = {"address": "3 rue de Lannoy", "postcode": "59100", "town": "Roubaix", "country": "FR"}


@pytest.fixture
def home():
    return household(file_number="SFE-85473", **OLD)


@pytest.fixture
def camille(home):
    someone = person("Camille Martin", register_key="P1", phone="+33639980013")
    living(someone, home)
    return someone


def change(row, field, **values):
    with transaction.atomic():
        lock_homes(row, at=NOW)
        correct(row, field=field, values=values, by=FAMILY, at=NOW)


def import_(*, households=None, persons=None):
    """The register's file, as the importer gives it once corrections are held."""
    facts = Facts(households=households or {}, persons=persons or {})
    held = replace(
        facts,
        households=hold("household", facts.households, at=NOW),
        persons=hold("person", facts.persons, at=NOW),
    )
    return apply(held, by=REGISTER, at=NOW)


def outcomes():
    return list(Correction.objects.order_by("pk").values_list("outcome", flat=True))


def test_a_change_is_written_and_the_home_counts_a_new_version(camille, home):
    change(camille, "phone", phone="+33639981240")

    camille.refresh_from_db()
    home.refresh_from_db()
    assert camille.phone == "+33639981240"
    assert home.facts_version == 2
    correction = Correction.objects.get()
    assert (correction.before, correction.after) == ({"phone": "+33639980013"}, {"phone": "+33639981240"})
    assert (correction.at, correction.by) == (NOW, "Camille Martin")


def test_a_new_name_is_found_by_searching(camille):
    change(camille, "last_name", last_name="Lefèvre")

    assert Person.objects.get(search_name__contains="lefevre") == camille


def test_a_child_of_two_homes_gives_both_a_new_version(camille, home):
    other, tom = household(), person("Tom Moreau", register_key="P3")
    living(tom, home, Role.DEPENDENT_CHILD)
    living(tom, other, Role.DEPENDENT_CHILD)

    change(tom, "birth_date", birth_date="2016-04-02")

    assert {row.facts_version for row in Household.objects.all()} == {2}
    tom.refresh_from_db()
    assert tom.birth_date == date(2016, 4, 2)


def test_the_register_that_still_says_the_old_value_does_not_undo_it(camille):
    change(camille, "phone", phone="+33639981240")

    import_(persons={"P1": {"phone": "+33639980013", "last_name": "Martin", "first_names": "Camille"}})

    camille.refresh_from_db()
    assert camille.phone == "+33639981240"
    assert outcomes() == [""]


def test_the_register_that_says_the_new_value_settles_it(camille):
    change(camille, "phone", phone="+33639981240")

    import_(persons={"P1": {"phone": "+33639981240"}})
    assert outcomes() == ["taken"]

    import_(persons={"P1": {"phone": "+33639980013"}})
    camille.refresh_from_db()
    assert camille.phone == "+33639980013", "the register may say the old value again, later and on purpose"


def test_the_register_that_says_a_third_value_wins(camille):
    change(camille, "phone", phone="+33639981240")

    import_(persons={"P1": {"phone": "+33639987777"}})

    camille.refresh_from_db()
    assert camille.phone == "+33639987777"
    assert outcomes() == ["overruled"]


def test_a_register_that_says_nothing_of_it_leaves_it(camille):
    change(camille, "phone", phone="+33639981240")

    import_(persons={"P1": {"last_name": "Martin", "first_names": "Camille"}})

    assert outcomes() == [""]


def test_an_address_is_one_fact_never_a_mixture(home):
    change(home, "address", **NEW)

    import_(households={"sfe 85473": {**OLD, "address": "9 rue Neuve"}})

    home.refresh_from_db()
    assert texts_of(home, "address") == {**OLD, "address": "9 rue Neuve"}
    assert outcomes() == ["overruled"]


def test_an_old_address_in_any_writing_of_the_file_number_is_held(home):
    change(home, "address", **NEW)

    import_(households={"sfe 85473": {"name": "Foyer Martin", **OLD}})

    home.refresh_from_db()
    assert texts_of(home, "address") == NEW


def test_a_register_without_countries_is_held_all_the_same(home):
    change(home, "address", **{**NEW, "country": "BE", "postcode": "1000", "town": "Bruxelles"})
    without = {column: text for column, text in OLD.items() if column != "country"}

    import_(households={"SFE-85473": without})

    home.refresh_from_db()
    assert (home.town, home.country) == ("Bruxelles", "BE")


def test_changed_twice_it_stands_once_from_what_the_register_says(camille):
    change(camille, "phone", phone="+33639981240")
    change(camille, "phone", phone="+33639985555")

    assert outcomes() == ["replaced", ""]
    import_(persons={"P1": {"phone": "+33639980013"}})
    camille.refresh_from_db()
    assert camille.phone == "+33639985555"


def test_changed_back_nothing_stands(camille):
    change(camille, "phone", phone="+33639981240")
    change(camille, "phone", phone="+33639980013")

    assert outcomes() == ["replaced"]


def test_a_set_based_import_gets_each_with_the_register_s_own_key(camille, home):
    change(camille, "birth_date", birth_date="1988-04-13")
    change(home, "address", **NEW)

    [of_person], [of_home] = standing_corrections("person"), standing_corrections("household")

    assert (of_person.key, of_person.before, of_person.after) == (
        "P1",
        {"birth_date": date(1988, 4, 12)},
        {"birth_date": date(1988, 4, 13)},
    )
    assert (of_home.key, of_home.before, of_home.after) == ("SFE85473", OLD, NEW)


def test_holding_costs_the_same_queries_for_one_row_and_for_many(camille, django_assert_max_num_queries):
    change(camille, "phone", phone="+33639981240")
    staged = {f"P{n}": {"phone": "+33639980013"} for n in range(1, 400)}

    with django_assert_max_num_queries(4):
        hold("person", staged, at=NOW)


def test_a_correction_is_of_one_thing(camille, home):
    facts = {"field": "phone", "before": {}, "after": {}, "at": NOW, "by": ""}
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.create(**facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.create(person=camille, household=home, **facts)
