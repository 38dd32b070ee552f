"""A row that is refused brings nobody in: what it says is taken whole, or not at all."""

from collections import Counter

import pytest

from tests.register.files import HOUSEHOLDS, NOW, PERSONS, REGISTER, STAYS, take
from xpassfam.accounts.models import ActivationCode
from xpassfam.people.models import Person, Residence
from xpassfam.register.actions.importing import import_files

pytestmark = pytest.mark.django_db
HEAD = "Dossier;Identifiant;Nom;Prénom;Rôle;Code d'activation\n"


def test_rows_of_a_file_that_nobody_knows_create_nobody(tmp_path):
    rows = "".join(f"RIEN-{n};Q{n};Roux;Léa;titulaire;ABCDEFGH{n}\n" for n in range(1, 4))

    applied, problems = take(tmp_path, HEAD + rows)

    assert [(problem.line, problem.column) for problem in problems] == [(2, "Dossier"), (3, "Dossier"), (4, "Dossier")]
    assert applied.created == Counter()
    assert not Person.objects.exists()
    assert not ActivationCode.objects.exists()


def test_another_good_row_of_the_same_person_is_kept(tmp_path):
    rows = "RIEN-1;P9;Roux;Léa;titulaire;\nNAN-1;P9;Roux;Léa;titulaire;\n"

    applied, problems = take(tmp_path, HEAD + rows, HOUSEHOLDS)

    assert [problem.line for problem in problems] == [2]
    assert applied.created == Counter({"household": 2, "person": 1, "residence": 1, "access": 1})


def test_a_person_of_a_row_that_speaks_of_no_stay_is_kept(tmp_path):
    applied, problems = take(tmp_path, PERSONS, "Dossier;Identifiant;Rôle\nRIEN-1;P1;titulaire\n")

    assert [(problem.file, problem.line) for problem in problems] == [("2.csv", 2)]
    assert applied.created == Counter({"person": 3})


def test_a_person_refused_gives_no_stay_and_one_reason(tmp_path):
    row = "Dossier;Identifiant;Nom;Prénom;Adhérent;Rôle\nNAN-1;P9;Roux;Léa;ESF-2019-004812-K;conjoint\n"

    _applied, problems = take(tmp_path, HOUSEHOLDS, PERSONS, row)

    assert [(problem.file, problem.column) for problem in problems] == [("3.csv", "Adhérent")]
    assert not Residence.objects.filter(person__register_key="P9").exists()


def test_a_refused_row_still_says_that_somebody_is_there(tmp_path):
    take(tmp_path, HOUSEHOLDS, PERSONS, STAYS)
    path = tmp_path / "complet.csv"
    path.write_text(HEAD + "RIEN-1;P1;Petit;Sophie;titulaire;\nNAN-2;P2;Moreau;Antoine;titulaire;\n")

    import_files([path, tmp_path / "1.csv"], by=REGISTER, at=NOW, is_complete=True, is_confirmed=True)

    closed = dict(Person.objects.values_list("register_key", "closed_on"))
    assert (closed["P1"], closed["P2"]) == (None, None)
    assert closed["P3"] is not None


def test_all_that_is_wrong_with_a_row_is_told_at_once(tmp_path):
    head = "Identifiant;Nom;Prénom;Date de naissance;E-mail\n"

    _applied, problems = take(tmp_path, head + "P1;;Zoé;01/01/2099;zoe\n")

    assert {problem.column for problem in problems} == {"Nom", "Date de naissance", "E-mail"}
