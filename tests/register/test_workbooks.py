"""Registers that come as a workbook."""

import zipfile
from datetime import date

import pytest

from tests.register.files import NOW, REGISTER
from tests.register.workbook import write
from xpassfam.people.models import Household, Person, Residence
from xpassfam.register.actions.importing import import_files

pytestmark = pytest.mark.django_db
HEAD = ["Identifiant", "Nom", "Prénom", "Date de naissance", "Téléphone"]


def bring(path, **options):
    return import_files([path], by=REGISTER, at=NOW, **options)


def test_every_sheet_is_read_dates_are_dates_and_zeros_are_kept(tmp_path):
    path = write(
        tmp_path / "registre.xlsx",
        Foyers=[["Dossier", "Nom du foyer", "Code postal"], ["00012", "Foyer Petit", 1000], ["00013", "B", "01000"]],
        Personnes=[
            HEAD,
            ["007", "Petit", "Sophie", date(1990, 2, 14), "06 39 98 41 27"],
            ["008", "Petit", "Tom", 42461, 639984128],
            ["009", "Petit", "Zoé", "29/02/2020", None],
        ],
        Liens=[["Dossier", "Identifiant", "Rôle"], ["00012", "007", "titulaire"]],
    )

    assert bring(path).problems == []

    assert set(Household.objects.values_list("file_number", "postcode")) == {("00012", "01000"), ("00013", "01000")}
    assert list(Person.objects.order_by("register_key").values_list("register_key", "birth_date", "phone")) == [
        ("007", date(1990, 2, 14), "+33639984127"),
        ("008", date(2016, 4, 1), "+33639984128"),
        ("009", date(2020, 2, 29), ""),
    ]
    assert Residence.objects.get().person.register_key == "007"
    assert bring(path).applied.changed.total() == 0


def test_a_bad_cell_is_named_with_its_sheet_and_row(tmp_path):
    path = write(tmp_path / "r.xlsx", Un=[HEAD, ["1", "A", "B", None, None]], Deux=[[], HEAD, ["2", "A", "B", "x", ""]])

    problems = bring(path).problems

    assert [(one.file, one.line, one.column) for one in problems] == [("r.xlsx, feuille Deux", 3, "Date de naissance")]


def test_a_sheet_without_a_known_column_is_told_a_hidden_one_is_not_read(tmp_path):
    path = write(tmp_path / "r.xlsx", hidden="C", A=[HEAD, ["1", "A", "B", None, None]], B=[["note"]], C=[["vu"]])

    assert [one.file for one in bring(path).problems] == ["r.xlsx, feuille B"]
    assert Person.objects.count() == 1


def test_a_broken_workbook_is_one_problem(tmp_path):
    path = write(tmp_path / "r.xlsx", A=[HEAD])
    path.write_bytes(path.read_bytes()[:400])

    assert "ne peut pas être lu" in str(bring(path).problems[0])


def test_a_cell_in_the_last_corner_is_one_problem_and_takes_no_memory(tmp_path):
    path = write(tmp_path / "r.xlsx", A=[HEAD, ["1", "A", "B", None, None], ["COIN"]])
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    sheet = "xl/worksheets/s1.xml"
    parts[sheet] = parts[sheet].replace(b'<row r="3"><c r="A3"', b'<row r="1048576"><c r="XFD1048576"')
    with zipfile.ZipFile(path, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)

    assert [str(one) for one in bring(path).problems] == [
        "r.xlsx\u00a0: une case est remplie très loin du tableau. Effacez-la, ou exportez la feuille en CSV."
    ]
