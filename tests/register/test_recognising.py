"""Who entered a home by a decision is recognised by the next file, and not there twice."""

from datetime import date

import pytest

from tests.register.files import HOUSEHOLDS, NOW, PERSONS, STAYS, take
from xpassfam.people.actions import joining
from xpassfam.people.models import Household, Person, Residence
from xpassfam.rules.visibility import CHILD

pytestmark = pytest.mark.django_db

LINA = "P9;{last};{first};{born};;;\n"
STAY = "NAN-1;P9;enfant;;;;\n"


@pytest.fixture
def home(tmp_path):
    take(tmp_path, HOUSEHOLDS, PERSONS, STAYS)
    return Household.objects.get(file_number="NAN-1")


def enter(home, first="Lina", last="Petit", born=date(2026, 9, 1)):
    return joining.add(
        home, role=CHILD, last_name=last, first_names=first, birth_date=born, since=date(2026, 9, 1), at=NOW
    )


def named(tmp_path, last="PETIT", first="Lina Marie", born="01/09/2026"):
    return take(tmp_path, HOUSEHOLDS, PERSONS + LINA.format(last=last, first=first, born=born), STAYS + STAY)


def test_the_file_s_person_is_the_one_who_entered_and_keeps_what_is_hers(home, tmp_path):
    lina = enter(home)

    applied, problems = named(tmp_path)

    assert problems == []
    assert applied.created.total() == 0
    lina.refresh_from_db()
    assert (lina.register_key, lina.first_names, lina.last_name) == ("P9", "Lina Marie", "PETIT")
    assert Residence.objects.filter(person=lina, household=home).count() == 1


def test_names_are_compared_without_accents_and_a_birth_name_counts(home, tmp_path):
    enter(home, first="Léna", last="Le Goff")
    persons = "Identifiant;Nom;Nom de naissance;Prénoms;Date de naissance\nP9;Petit;LE GOFF;LENA;01/09/2026\n"

    applied, _problems = take(tmp_path, persons, "Numéro de dossier;Identifiant;Rôle\nNAN-1;P9;enfant\n")

    assert applied.created["person"] == 0


@pytest.mark.parametrize("other", [{"first": "Lou"}, {"last": "Moreau"}, {"born": "02/09/2026"}])
def test_somebody_else_is_somebody_else(home, tmp_path, other):
    enter(home)

    applied, _problems = named(tmp_path, **other)

    assert applied.created["person"] == 1


def test_the_same_name_in_another_home_is_somebody_else(home, tmp_path):
    enter(Household.objects.get(file_number="NAN-2"))

    applied, _problems = named(tmp_path)

    assert applied.created["person"] == 1


def test_where_two_could_be_meant_nobody_is(home, tmp_path):
    enter(home, first="Jean Paul")
    Person.objects.create(  # a twin, whom `joining` would take for the first
        last_name="Petit", first_names="Jean Marc", search_name="jean marc petit", birth_date=date(2026, 9, 1)
    )
    joining.settle_in(Person.objects.get(first_names="Jean Marc"), home, role=CHILD, since=NOW.date(), is_shared=False)

    applied, _problems = named(tmp_path, first="Jean")

    assert applied.created["person"] == 1
    assert Person.objects.filter(register_key=None).count() == 2


def test_who_left_the_home_before_is_not_recognised(home, tmp_path):
    lina = enter(home)
    lina.residences.update(until=NOW.date())

    applied, _problems = named(tmp_path)

    assert applied.created["person"] == 1
