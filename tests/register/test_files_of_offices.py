"""Files as offices make them: each gives the same two persons, or says which line to mend."""

from datetime import date

import pytest

from tests.register.files import NOW, REGISTER, take
from tests.register.workbook import write
from xpassfam.people.models import Household, Person
from xpassfam.register.actions.columns import remember
from xpassfam.register.actions.importing import import_files
from xpassfam.register.models import Import

pytestmark = pytest.mark.django_db

HEAD = "Identifiant;Nom;Prénoms;Date de naissance;Téléphone"
ANAIS = "007;Lefèvre;Anaïs;14/02/1990;06 39 98 41 27"
TOM = "008;L’Hénaff;Tom, Léo;01/04/2016;"
ROWS = f"{HEAD}\r\n{ANAIS}\r\n{TOM}\r\n"
BOTH = {
    ("007", "Lefèvre", "Anaïs", date(1990, 2, 14), "+33639984127"),
    ("008", "L’Hénaff", "Tom, Léo", date(2016, 4, 1), ""),
}

GOOD = {
    "UTF-8": ROWS.encode(),
    "UTF-8 with its mark": ROWS.encode("utf-8-sig"),
    "Windows-1252": ROWS.encode("cp1252"),
    "UTF-16 with its mark": ROWS.encode("utf-16"),
    "UTF-16 without its mark": ROWS.encode("utf-16-le"),
    "two encodings joined by hand": f"{HEAD}\r\n{ANAIS}\r\n".encode() + TOM.encode("cp1252"),
    "tabs": ROWS.replace(";", "\t").encode(),
    "commas, quoted where needed": ROWS.replace("Tom, Léo", '"Tom, Léo"').replace("01/04/2016;", "01/04/2016,")
    .replace(";", ",").encode(),
    "pipes": ROWS.replace(";", "|").encode(),
    "lines of an old Macintosh": ROWS.replace("\r\n", "\r").encode(),
    "no end to the last line": ROWS.rstrip().encode(),
    "everything quoted": "\r\n".join(
        ";".join(f'"{cell}"' for cell in line.split(";")) for line in ROWS.splitlines()
    ).encode(),
    "sep= first": ("sep=;\r\n" + ROWS).encode(),
    "a title and the day above": ("Registre des adhérents;;;;\r\nÉdité le 23/11/2026;;;;\r\n;;;;\r\n" + ROWS).encode(),
    "a merged header above the header": ("Personne;;;;Contact\r\n" + ROWS).encode(),
    "a total below": (ROWS + "Total : 2 personnes;;;;\r\n").encode(),
    "a count below, in a line of its own": (ROWS + "\r\nNombre de lignes;2\r\n").encode(),
    "empty lines here and there": ROWS.replace("\r\n", "\r\n;;;;\r\n  ;; ;;\r\n\r\n").encode(),
    "the header again on each printed page": f"{HEAD}\r\n{ANAIS}\r\n{HEAD}\r\n{TOM}\r\n".encode(),
    "the same line twice": (ROWS + ANAIS + "\r\n").encode(),
    "columns in another order": "\r\n".join(
        ";".join(reversed(line.split(";"))) for line in ROWS.splitlines()
    ).encode(),
    "a column more that nobody knows": f"{HEAD};Observations\r\n{ANAIS};vu\r\n{TOM};\r\n".encode(),
    "an empty column at the end of each row": ROWS.replace("\r\n", ";\r\n").encode(),
    "headers in capitals without accents": ROWS.replace(HEAD, "IDENTIFIANT;NOM;PRENOM(S);DATE NAISSANCE;TEL").encode(),
    "a header on two lines": ROWS.replace("Date de naissance", '"Date\nde naissance"').encode(),
    "days as numbers": ROWS.replace("14/02/1990", "32918").replace("01/04/2016", "42461").encode(),
    "days with a midnight": ROWS.replace("14/02/1990", "1990-02-14 00:00:00").encode(),
    "days with dots": ROWS.replace("14/02/1990", "14.02.1990").encode(),
    "a telephone that lost its zero": ROWS.replace("06 39 98 41 27", "639984127").encode(),
    "no-break spaces": ROWS.replace("06 39 98", "06\u00a039\u00a098").replace("Lefèvre", "\u00a0Lefèvre ").encode(),
}  # fmt: skip


def persons():
    columns = ("register_key", "last_name", "first_names", "birth_date", "phone")
    return set(Person.objects.values_list(*columns))


@pytest.mark.parametrize("name", GOOD)
def test_it_is_read_as_it_was_meant(tmp_path, name):
    _applied, problems = take(tmp_path, GOOD[name])

    assert [str(problem) for problem in problems] == []
    assert persons() == BOTH


BAD = {
    "an unclosed quote": (f'{HEAD}\n{ANAIS}\n008;"Roux;Tom;;\n' + "x\n" * 60_000, [(3, "jamais fermé")]),
    "a line cut short": (f"{HEAD}\n{ANAIS}\n008;Ro", [(3, "2 colonnes")]),
    "a separator too many": (f"{HEAD}\n{ANAIS}\n008;Roux;Tom;;;oups\n", [(3, "6 colonnes")]),
    "contents swapped": (f"{HEAD}\n{ANAIS}\n008;Roux;Tom;06 39 98 41 27;01/04/2016\n", [(3, "date"), (3, "numéro")]),
    "American days": (f"{HEAD}\n{ANAIS}\n008;Roux;Tom;04/31/2016;\n", [(3, "calendrier")]),
    "years of two digits": (f"{HEAD}\n{ANAIS}\n008;Roux;Tom;01/04/16;\n", [(3, "12/04/1988")]),
    "what another program could not read": (f"{HEAD}\n{ANAIS}\n008;Rou\ufffd;Tom;;\n", [(3, "illisible")]),
    "a number without a name": (f"{HEAD}\n{ANAIS}\n008;;;;\n", [(3, "vide"), (3, "vide")]),
    "two lines that contradict each other": (f"{HEAD}\n{ANAIS}\n007;Roux;Anaïs;;\n", [(3, "dit autre chose")]),
    "two columns of one meaning": ("Identifiant;Nom;Nom de famille;Prénom\n1;A;B;C\n", [(1, "deux fois")]),
    "another table": ("Date;Montant\n01/01/2026;12,50\n", [(1, "aucune colonne connue")]),
    "nothing": ("", [(1, "aucune colonne connue")]),
}


@pytest.mark.parametrize("name", BAD)
def test_what_must_be_mended_is_named_and_the_rest_is_kept(tmp_path, name):
    content, said = BAD[name]

    _applied, problems = take(tmp_path, content)

    assert [(one.line, words in one.reason) for one, (_line, words) in zip(problems, said, strict=True)] == [
        (line, True) for line, _words in said
    ]
    assert Person.objects.filter(register_key="007").exists() == (ANAIS in content)


def test_a_workbook_with_titles_merged_cells_and_a_total(tmp_path):
    path = write(
        tmp_path / "registre.xlsx",
        Adhérents=[
            ["Mutuelle du Ponant", None, None, None],
            [],
            ["Identifiant", "Nom", "Prénom", "Date de naissance"],
            ["0007", "Le Goff", "Yann", date(1981, 1, 22)],
            [8, "O", "A", 29608],
            ["Total", 2, None, None],
        ],
    )

    assert import_files([path], by=REGISTER, at=NOW).problems == []
    assert {(key, last, first) for key, last, first, _, _ in persons()} == {
        ("0007", "Le Goff", "Yann"),
        ("8", "O", "A"),
    }


def test_totals_of_a_list_of_households_make_no_household(tmp_path):
    take(tmp_path, "Dossier;Nom du foyer\nN1;Foyer Petit\nTotal;1 foyer\n")

    assert list(Household.objects.values_list("file_number", flat=True)) == ["N1"]


def test_dashes_of_any_kind_name_one_file(tmp_path):
    take(tmp_path, "Dossier;Nom du foyer\nNAN–1;Foyer Petit\n")
    _applied, problems = take(tmp_path, "Dossier;Nom du foyer\nNAN-1;Foyer Petit\n")

    assert problems == []
    assert Household.objects.count() == 1


@pytest.mark.parametrize(
    ("last", "first"),
    [("O", "A"), ("D’Almeida", "Zoé"), ("O'Brien", "Seán"), ("de La Tour d'Auvergne-Lauraguais", "Marie-Hélène, Anne"),
     ("N'Diaye", "Oumou Kalsoum"), ("Øster", "Åse"), ("Παπαδόπουλος", "Νίκος"), ("Nguyễn", "Thị Minh Khai")],
)  # fmt: skip
def test_names_stay_as_people_have_them(tmp_path, last, first):
    take(tmp_path, f"Identifiant;Nom;Prénoms\n1;{last};{first}\n")

    assert Person.objects.values_list("last_name", "first_names").get() == (last, first)


def test_headers_that_nobody_knows_are_listed_then_remembered(tmp_path):
    odd = ROWS.replace("Identifiant", "Réf.").replace("Téléphone", "Joignable au")
    take(tmp_path, odd)
    assert Import.objects.first().headers == ["Réf.", "Joignable au"]
    assert not Person.objects.exists()

    remember({"Réf.": "key", "Joignable au": "phone"})
    take(tmp_path, odd)

    assert persons() == BOTH
    assert Import.objects.first().headers == []


def test_a_column_left_aside_settles_which_of_two_is_meant(tmp_path):
    remember({"Nom de famille": ""})

    _applied, problems = take(tmp_path, "Identifiant;Nom;Nom de famille;Prénom\n1;Roux;Z;Léa\n")

    assert problems == []
    assert Person.objects.get().last_name == "Roux"


@pytest.mark.heavy
def test_forty_megabytes_are_read_whole(tmp_path):
    lines = 40 * 2**20 // 60
    padding = "rue des Lilas " * 2
    rows = "".join(f"F{n:07};Foyer Roux;{n} {padding};44000;Nantes\n" for n in range(lines))

    applied, problems = take(tmp_path, "Dossier;Nom du foyer;Adresse;Code postal;Commune\n" + rows)

    assert problems == []
    assert applied.created["household"] == lines
