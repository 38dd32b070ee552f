"""From files to facts: twice the same changes nothing, the good is kept, nothing is deleted."""

from collections import Counter
from datetime import date

import pytest

from tests.register.files import HOUSEHOLDS, PERSONS, STAYS, take
from xpassfam.journal.models import Line
from xpassfam.people.models import Access, Household, Person, Residence

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(tmp_path):
    applied, problems = take(tmp_path, HOUSEHOLDS, PERSONS, STAYS)
    assert problems == []
    return applied


def counts():
    return [model.objects.count() for model in (Household, Person, Residence, Access, Line)]


def test_households_persons_residences_and_accesses_are_created(family):
    assert family.created == Counter({"household": 2, "person": 3, "residence": 4, "access": 2})
    sophie = Person.objects.get(register_key="P1")
    assert (sophie.member_number, sophie.email, sophie.phone, sophie.birth_date, sophie.search_name) == (
        "ESF-2019-004812-K",
        "sophie.petit@example.org",
        "+33639984127",
        date(1990, 2, 14),
        "sophie petit",
    )
    assert sophie.accesses.get().permission == "all"
    tom = Person.objects.get(register_key="P3")
    assert {home.is_shared for home in tom.residences.all()} == {True}
    assert not tom.accesses.exists()


def test_files_in_any_order_give_the_same(tmp_path):
    applied, problems = take(tmp_path, STAYS, PERSONS, HOUSEHOLDS)

    assert problems == []
    assert applied.created["residence"] == 4


def test_the_same_files_twice_change_nothing(family, tmp_path):
    before = counts()

    applied, problems = take(tmp_path, HOUSEHOLDS, PERSONS, STAYS)

    assert problems == []
    assert applied.created.total() == applied.changed.total() == 0
    assert counts() == before


def test_one_file_with_everything_on_each_row_is_read_too(tmp_path):
    flat = (
        "Dossier;Nom du foyer;Identifiant;Nom;Prénom;Date de naissance;Rôle\n"
        "A-1;Foyer Nguyen;P1;Nguyen;Linh;30/07/1994;titulaire\n"
        "A-1;Foyer Nguyen;P2;Nguyen;Minh;02/10/2021;enfant\n"
    )

    applied, problems = take(tmp_path, flat)

    assert problems == []
    assert applied.created == Counter({"household": 1, "person": 2, "residence": 2, "access": 1})


def test_marks_follow_the_order_of_the_household_and_never_change(family, tmp_path):
    sophie, antoine, tom = Person.objects.order_by("register_key")
    assert (sophie.mark, tom.mark, antoine.mark) == (1, 2, 1)

    more = "Dossier;Identifiant;Nom;Prénom;Rôle\nNAN-1;P9;Roche;Paul;conjoint\nNAN-2;P8;Roche;Zoé;enfant\n"
    take(tmp_path, more)

    marks = dict(Person.objects.values_list("register_key", "mark"))
    assert marks == {"P1": 1, "P2": 1, "P3": 2, "P9": 3, "P8": 3}


def test_a_change_touches_the_household_and_its_history_only(family, tmp_path):
    take(tmp_path, PERSONS.replace("06 39 98 41 27", "06 39 98 12 40"))

    touched, other = Household.objects.order_by("file_number")
    assert (touched.facts_version, other.facts_version) == (2, 1)
    line = Line.objects.get(kind="people.household_updated")
    assert line.household == touched.public_id
    assert "téléphone" in line.payload.words
    assert "+336" not in line.payload.words


def test_a_column_that_is_absent_leaves_what_is_there(family, tmp_path):
    take(tmp_path, "Identifiant;Nom;Prénoms\nP1;Petit-Roux;Sophie\n")

    sophie = Person.objects.get(register_key="P1")
    assert (sophie.last_name, sophie.email) == ("Petit-Roux", "sophie.petit@example.org")


def test_who_leaves_loses_the_access_that_day_and_nothing_is_deleted(family, tmp_path):
    take(tmp_path, STAYS.replace("01/09/2019;;", "01/09/2019;23/11/2026;"))

    stay = Residence.objects.get(person__register_key="P1")
    access = Access.objects.get(person__register_key="P1")
    assert (stay.until, access.until) == (date(2026, 11, 23), date(2026, 11, 23))


@pytest.mark.parametrize("permission", ["tout", "voir"])
def test_who_leaves_loses_the_access_whatever_the_row_says_of_it(family, tmp_path, permission):
    take(tmp_path, STAYS.replace("01/09/2019;;", f"01/09/2019;23/11/2026;{permission}"))

    assert Access.objects.get(person__register_key="P1").until == date(2026, 11, 23)


def test_a_stay_that_will_end_opens_an_access_that_ends_with_it(family, tmp_path):
    row = "Numéro de dossier;Identifiant;Nom;Prénoms;Rôle;Jusqu'au;Accès\nNAN-1;P8;Roy;Max;conjoint;01/03/2027;voir\n"
    take(tmp_path, row)

    access = Access.objects.get(person__register_key="P8")
    assert (access.permission, access.until) == ("view", date(2027, 3, 1))
    assert take(tmp_path, row)[0].changed["access"] == 0


def test_an_access_that_will_end_still_follows_what_the_register_says_of_it(family, tmp_path):
    row = "Numéro de dossier;Identifiant;Nom;Prénoms;Rôle;Jusqu'au;Accès\nNAN-1;P8;Roy;Max;conjoint;01/03/2027;voir\n"
    take(tmp_path, row)
    take(tmp_path, row.replace("voir", "tout"))

    assert Access.objects.get(person__register_key="P8").permission == "all"


def test_what_ended_in_the_portal_is_not_reopened_by_the_same_register(family, tmp_path):
    Residence.objects.filter(person__register_key="P1").update(until=date(2026, 11, 1))
    Access.objects.filter(person__register_key="P1").update(until=date(2026, 11, 23))

    take(tmp_path, STAYS)

    assert Residence.objects.get(person__register_key="P1").until == date(2026, 11, 1)
    assert Access.objects.get(person__register_key="P1").until == date(2026, 11, 23)


def test_a_dated_return_opens_a_new_stay(family, tmp_path):
    Residence.objects.filter(person__register_key="P1").update(until=date(2026, 11, 1))

    take(tmp_path, STAYS.replace("01/09/2019", "20/11/2026"))

    assert list(Residence.objects.filter(person__register_key="P1").values_list("until", flat=True)) == [
        date(2026, 11, 1),
        None,
    ]


def test_closing_is_dated_with_its_reason(family, tmp_path):
    take(tmp_path, "Dossier;Fermé le;Motif\nNAN-1;01/11/2026;Départ\n")
    take(tmp_path, HOUSEHOLDS)

    closed = Household.objects.get(file_number="NAN-1")
    assert (closed.closed_on, closed.closed_reason) == (date(2026, 11, 1), "Départ")
    assert Line.objects.filter(kind="people.household_closed").count() == 1


def test_a_representative_acts_without_living_there(family, tmp_path):
    take(tmp_path, "Dossier;Identifiant;Nom;Prénom;Rôle\nNAN-1;P7;Blanc;Rose;tutrice\n")

    assert not Residence.objects.filter(person__register_key="P7").exists()
    assert Access.objects.get(person__register_key="P7").household.file_number == "NAN-1"


def test_a_grown_child_sees_a_minor_does_not_sign_in(tmp_path):
    take(
        tmp_path,
        "Dossier;Nom du foyer;Identifiant;Nom;Prénom;Date de naissance;Rôle\n"
        "A;Foyer Rousseau;P1;Rousseau;Jules;20/05/2004;enfant\n"
        "A;Foyer Rousseau;P2;Rousseau;Emma;25/11/2008;enfant\n"
        "A;Foyer Rousseau;P3;Rousseau;Ange;;enfant\n",
    )

    assert list(Access.objects.values_list("person__first_names", "permission")) == [("Jules", "view")]


def test_each_bad_row_is_reported_and_the_good_ones_are_kept(tmp_path):
    applied, problems = take(
        tmp_path,
        "Identifiant;Nom;Prénoms;Date de naissance;Numéro d'adhérent;E-mail\n"
        "P1;Petit;Sophie;14/02/1990;ESF-2019-004812-K;sophie.petit@example.org\n"
        "P2;Moreau;Antoine;31/02/1987;;antoine\n"
        "P3;;Tom;;;\n"
        "P4;Futur;Zoé;01/01/2099;;\n"
        "P5;Roux;Léa;;ESF-2019-004812-K;\n"
        "P1;Durand;Sophie;14/02/1990;ESF-2019-004812-K;sophie.petit@example.org\n",
        "Dossier;Identifiant;Rôle\nRIEN-1;P1;titulaire\n",
    )

    assert applied.created == Counter({"person": 1})
    assert [(problem.file, problem.line, problem.column) for problem in problems] == [
        ("1.csv", 3, "Date de naissance"),
        ("1.csv", 3, "E-mail"),
        ("1.csv", 4, "Nom"),
        ("1.csv", 5, "Date de naissance"),
        ("1.csv", 6, "Numéro d'adhérent"),
        ("1.csv", 7, "Identifiant"),
        ("2.csv", 2, "Dossier"),
    ]
    assert (
        str(problems[5])
        == "1.csv, ligne 7, colonne «\u00a0Identifiant\u00a0»\u00a0: la ligne 2 de 1.csv dit autre chose."
    )


def test_a_member_number_is_never_taken_from_its_owner(family, tmp_path):
    _applied, problems = take(tmp_path, "Identifiant;Nom;Prénom;Adhérent\nP2;Moreau;Antoine;ESF-2019-004812-K\n")

    assert [problem.column for problem in problems] == ["Adhérent"]
    assert Person.objects.get(member_number="ESF-2019-004812-K").register_key == "P1"
