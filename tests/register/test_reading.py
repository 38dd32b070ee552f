"""Files as French tools write them."""

import tracemalloc

import pytest

from tests.register.files import read

TEXT = "Identifiant;Nom;Prénoms;Téléphone\r\nP1;Lefèvre–Núñez;Anaïs;0639984127\r\n"


def rows_of(tmp_path, content):
    path = tmp_path / "personnes.csv"
    path.write_bytes(content)
    return read(path)


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("cp1252"),
        TEXT.encode("utf-16"),
        TEXT.replace(";", ",").encode(),
        TEXT.replace(";", "\t").encode(),
        TEXT.replace("\r\n", "\n").encode(),
        ("sep=;\r\n" + TEXT).encode(),
        ("\r\n\r\n" + TEXT).encode(),
        TEXT.replace("Prénoms", "PRENOM").replace("Téléphone", " Portable ").encode(),
    ],
    ids=[
        "utf-8",
        "utf-8 with mark",
        "Windows-1252",
        "utf-16",
        "comma",
        "tab",
        "unix",
        "sep=",
        "blank lines",
        "headers",
    ],
)
def test_every_usual_export_gives_the_same_row(tmp_path, content):
    rows, problems = rows_of(tmp_path, content)

    assert problems == []
    assert rows == [{"key": "P1", "last_name": "Lefèvre–Núñez", "first_names": "Anaïs", "phone": "0639984127"}]


def test_a_quoted_address_on_two_lines_is_one_cell_and_lines_stay_counted(tmp_path):
    content = 'Dossier;Adresse\nA;"1 rue Haute\nBâtiment B"\nB;2;trop;de;cases\n'.encode()

    rows, problems = rows_of(tmp_path, content)

    assert rows[0]["address"] == "1 rue Haute\nBâtiment B"
    assert [(problem.line, "5 colonnes" in problem.reason) for problem in problems] == [(4, True)]


def test_a_line_cut_short_is_reported_not_read_as_empty_cells(tmp_path):
    rows, problems = rows_of(tmp_path, b"Identifiant;Nom;Prenom\nP1;Petit;Sophie\nP2;Mor")

    assert len(rows) == 1
    assert str(problems[0]) == "personnes.csv, ligne 3\u00a0: 2 colonnes ici, 3 dans la première ligne."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "aucune colonne connue"),
        (b"a;b\n1;2\n", "aucune colonne connue"),
        (b"PK\x03\x04\x00\x00xlsx", "Exportez-le en CSV"),
        (b"Nom;Nom de famille\nA;B\n", "deux fois"),
    ],
    ids=["empty", "other table", "spreadsheet", "same column twice"],
)
def test_a_file_that_is_no_register_is_one_problem(tmp_path, content, said):
    rows, problems = rows_of(tmp_path, content)

    assert rows == []
    assert [said in str(problem) for problem in problems] == [True]


def test_a_file_that_is_not_there_is_a_problem(tmp_path):
    rows, problems = read(tmp_path / "absent.csv")

    assert rows == []
    assert "ne peut pas être lu" in str(problems[0])


@pytest.mark.parametrize(
    "endless",
    [b"P2;" + b"x;" * 30_000_000, b'P2;"a\n";' * 6_000_000],
    ids=["without lines", "without an end of quotes"],
)
def test_a_row_without_end_is_told_and_takes_no_memory(tmp_path, endless):
    path = tmp_path / "personnes.csv"
    path.write_bytes(b"Identifiant;Nom;Prenom\nP1;Petit;Sophie\n" + endless)
    del endless
    tracemalloc.start()

    rows, problems = read(path)

    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [row["key"] for row in rows] == ["P1"]
    assert [(one.line, "pas de fin" in one.reason) for one in problems] == [(3, True)]
    assert most < 40_000_000
