"""What a family changed stands against the register, until the register learns or knows better."""

from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from tests.people.factories import Role, household, living, person
from xpassfam.journal.actions import Actor
from xpassfam.people.actions.correcting import correct, hold, lock_homes, standing_corrections
from xpassfam.people.models import Correction, Household, Person

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
FAMILY = Actor("family", name="Camille Martin")
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


COLUMNS = {
    "household": dict.fromkeys(("file_key", *OLD), "text"),
    "person": {
        **dict.fromkeys(("register_key", "last_name", "birth_name", "first_names", "search_name", "phone"), "text"),
        "birth_date": "date",
    },
}


@contextmanager
def staged(kind, key, **says):
    """A register's file as an import stages it, among other rows; NULL where it says nothing."""
    columns = COLUMNS[kind]
    table, key_column = f"staged_{kind}", next(iter(columns))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {table} ({', '.join(f'{n} {t}' for n, t in columns.items())})")
        for row in ({key_column: "other", **says}, {key_column: key, **says}):
            marks = ", ".join(["%s"] * len(columns))
            cursor.execute(f"INSERT INTO {table} VALUES ({marks})", [row.get(name) for name in columns])
        yield table
        cursor.execute(f"DROP TABLE {table}")


def import_(kind, key, **says):
    """What the file comes to, once what families changed is held."""
    with staged(kind, key, **says) as table, connection.cursor() as cursor:
        hold(table, kind, at=NOW)
        cursor.execute(f"SELECT * FROM {table} WHERE {next(iter(COLUMNS[kind]))} = %s", [key])
        row = dict(zip(COLUMNS[kind], cursor.fetchone(), strict=True))
        cursor.execute(f"SELECT * FROM {table} WHERE {next(iter(COLUMNS[kind]))} = 'other'")
        other = dict(zip(COLUMNS[kind], cursor.fetchone(), strict=True))
    assert {name: other[name] for name in says} == says, "another row is left alone"
    return {name: str(value) if isinstance(value, date) else value for name, value in row.items() if name in says}


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

    assert import_("person", "P1", phone="+33639980013") == {"phone": "+33639981240"}
    assert outcomes() == [""]


def test_the_register_that_says_the_new_value_settles_it(camille):
    change(camille, "phone", phone="+33639981240")

    assert import_("person", "P1", phone="+33639981240") == {"phone": "+33639981240"}
    assert outcomes() == ["taken"]
    assert import_("person", "P1", phone="+33639980013") == {"phone": "+33639980013"}, "later, and on purpose"


def test_the_register_that_says_a_third_value_wins(camille):
    change(camille, "phone", phone="+33639981240")

    assert import_("person", "P1", phone="+33639987777") == {"phone": "+33639987777"}
    assert outcomes() == ["overruled"]


def test_a_register_that_says_nothing_of_it_leaves_it(camille):
    change(camille, "phone", phone="+33639981240")

    assert import_("person", "P1", last_name="Martin") == {"last_name": "Martin"}
    assert outcomes() == [""]


def test_a_phone_taken_away_here_stays_away(camille):
    change(camille, "phone", phone="")

    assert import_("person", "P1", phone="+33639980013") == {"phone": ""}


def test_a_birth_date_that_the_register_never_had_stays(camille):
    camille.birth_date = None
    camille.save()
    change(camille, "birth_date", birth_date="1988-04-12")

    with staged("person", "P1", last_name="Martin") as table, connection.cursor() as cursor:
        hold(table, "person", at=NOW)
        cursor.execute(f"SELECT birth_date FROM {table} WHERE register_key = 'P1'")
        assert str(cursor.fetchone()[0]) == "1988-04-12"


def test_a_name_that_is_held_is_the_one_searched_by(camille):
    change(camille, "last_name", last_name="Lefèvre")

    said = {"first_names": "Camille", "last_name": "Martin", "search_name": "camille martin"}
    assert import_("person", "P1", **said) == said | {"last_name": "Lefèvre", "search_name": "camille lefevre"}


def test_an_address_is_one_fact_never_a_mixture(home):
    change(home, "address", **NEW)
    third = {**OLD, "address": "9 rue Neuve"}

    assert import_("household", "SFE85473", **third) == third
    assert outcomes() == ["overruled"]


def test_an_old_address_is_held_as_a_whole(home):
    change(home, "address", **NEW)

    assert import_("household", "SFE85473", **OLD) == NEW


def test_a_register_without_countries_is_held_all_the_same(home):
    change(home, "address", **{**NEW, "country": "BE", "postcode": "1000", "town": "Bruxelles"})
    without = {column: text for column, text in OLD.items() if column != "country"}

    assert import_("household", "SFE85473", **without)["town"] == "Bruxelles"


def test_changed_twice_it_stands_once_from_what_the_register_says(camille):
    change(camille, "phone", phone="+33639981240")
    change(camille, "phone", phone="+33639985555")

    assert outcomes() == ["replaced", ""]
    assert import_("person", "P1", phone="+33639980013") == {"phone": "+33639985555"}


def test_changed_back_nothing_stands(camille):
    change(camille, "phone", phone="+33639981240")
    change(camille, "phone", phone="+33639980013")

    assert outcomes() == ["replaced"]


def test_nobody_whom_the_register_has_no_key_for_is_met(camille, home):
    without_key = person("Léa Benali")
    living(without_key, home)
    change(without_key, "phone", phone="+33639981240")

    assert list(standing_corrections("person")) == []


def test_a_correction_is_of_one_thing(camille, home):
    facts = {"field": "phone", "before": {}, "after": {}, "at": NOW, "by": ""}
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.create(**facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.create(person=camille, household=home, **facts)
