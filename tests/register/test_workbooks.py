"""Registers that come as a workbook."""

import zipfile
from datetime import date
from functools import partial

import pytest

from tests.register.files import NOW, REGISTER
from tests.register.workbook import ods_cell, write, write_ods
from xpassfam.people.models import Household, Person, Residence
from xpassfam.register import sheets
from xpassfam.register.actions.importing import import_files

pytestmark = pytest.mark.django_db
MEGABYTE = 1024 * 1024
SHEET = "xl/worksheets/s1.xml"
PERSON = ["1", "A", "B", None, None]
TOO_LARGE = (
    "registre\u00a0: ce classeur ne peut pas être ouvert en entier\u00a0: souvent, une case est remplie très loin du "
    "tableau. Effacez-la, ou exportez chaque feuille en CSV."
)
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


def rewritten(path, part, change):
    """The same archive, one of its parts changed."""
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return path


def in_the_last_corner(path):
    def move(sheet):
        return sheet.replace(b'<row r="3"><c r="A3"', b'<row r="1048576"><c r="XFD1048576"')

    return rewritten(write(path, A=[HEAD, PERSON, ["COIN"]]), SHEET, move)


def of_repeated_cells(path, rows):
    cell = ods_cell("x", 'table:number-columns-repeated="16384"')
    return write_ods(path, f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>')


@pytest.mark.parametrize(
    "hostile",
    [in_the_last_corner, partial(of_repeated_cells, rows=5000)],
    ids=["a far corner", "80 million cells"],
)
def test_a_workbook_that_would_fill_the_memory_is_one_problem_and_kills_nobody(tmp_path, hostile):
    path = hostile(tmp_path / "registre")  # as the page keeps it: its name says nothing

    assert [str(one) for one in bring(path).problems] == [TOO_LARGE]
    assert not Person.objects.exists()


def rows_of(path, **bounds):
    return [row for sheet in sheets.sheets(path, **bounds) for row in sheet.records]


def that_unpacks_to_much(path):
    return rewritten(
        write(path, A=[HEAD, ["COIN"]]), SHEET, lambda sheet: sheet.replace(b"COIN", b"x" * 300 * MEGABYTE)
    )


def of_cells_without_a_reference(path):
    rows = (b"<row>" + b"<c><v>1</v></c>" * 16_000 + b"</row>") * 500
    return rewritten(write(path, A=[HEAD]), SHEET, lambda sheet: sheet.replace(b"</sheetData>", rows + b"</sheetData>"))


@pytest.mark.parametrize("hostile", [that_unpacks_to_much, of_cells_without_a_reference])
def test_a_small_file_takes_no_more_memory_than_it_may(tmp_path, hostile):
    path = hostile(tmp_path / "r.xlsx")
    assert path.stat().st_size < MEGABYTE

    with pytest.raises(sheets.TooLarge):
        rows_of(path, most_memory=200 * MEGABYTE)


def test_nor_more_time(tmp_path):
    path = of_repeated_cells(tmp_path / "r.ods", rows=1000)

    with pytest.raises(sheets.TooLarge):
        rows_of(path, most_seconds=1)


def test_what_was_read_of_a_workbook_before_its_process_died_is_told_as_all_the_rest(tmp_path):
    """A whole register is not closed after half a file."""
    path = in_the_last_corner(tmp_path / "r.xlsx")

    assert bring(path, is_complete=True).applied.closed.total() == 0
