"""Papers: readable by all, for long, and deaf to what names would command. Seen through the letter of `accounts`."""

import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from pypdf import PdfReader

from tests.organisation.factories import NOON
from xpassfam.accounts.actions.activation_letters import Letter
from xpassfam.accounts.letters import MODEL, contents
from xpassfam.organisation.models import Organisation
from xpassfam.pdf.typesetting import SQUARE, UNDRAWN, draw, typeset
from xpassfam.people.models import Household, Person

HOSTILE = [
    "#set page(height: 1cm)",
    "]#panic()[",
    "$x$ `code` *bold* _it_",
    '"\\n", x: #read("/pdf/sheet.typ")',
    "// no",
    "@a <b>",
]


def data(name: str = "Lambert", **facts: str):
    home = Household(address="3 rue des Granges", postcode="25000", town="Besançon")
    person = Person(first_names="Odile", last_name=name, member_number="ESF-1998-016789-G")
    return contents([Letter(person, home, "K7QF-2M9TX3")], Organisation(**facts), at=NOON)


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def text(name: str) -> str:
    return read(typeset(MODEL, data(name))).pages[0].extract_text()


def test_a_paper_is_tagged_titled_and_speaks_its_language():
    root = read(typeset(MODEL, data())).root_object

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fr"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "/StructTreeRoot" in root


def test_a_paper_says_which_standards_it_keeps():
    paper = read(typeset(MODEL, data()))
    said = paper.root_object["/Metadata"].get_data().decode()

    assert "<pdfuaid:part>1</pdfuaid:part>" in said
    assert "<pdfaid:part>2</pdfaid:part>" in said
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in said
    assert paper.metadata.title == "Lettres d’activation"


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_commands_nothing(name):
    assert name.upper().replace(" ", "") in text(name).replace("\n", "").replace(" ", "")


def test_an_organisation_s_name_commands_nothing():
    paper = read(typeset(MODEL, data(name="]#panic()[", portal_name="#panic()")))

    assert "« #panic() »" in paper.pages[0].extract_text().replace("\xa0", " ")


@pytest.mark.parametrize("name", ["Łukašić", "Nguyễn", "Παπαδόπουλος", "Иванов", "محمد", "D’Alençon-Œuvré"])
def test_names_of_many_alphabets_are_drawn(name):
    assert SQUARE not in text(name)


def test_a_character_that_no_font_draws_stops_no_letter():
    assert SQUARE * 2 in text("王🎉")


def test_each_character_said_to_be_drawn_is():
    drawn = [chr(n) for n in range(0x20, 0x3000) if not UNDRAWN.match(chr(n)) and chr(n).strip()]

    assert read(typeset(MODEL, data(" ".join(drawn)))).pages


def test_threads_typeset_at_once():
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda n: text(f"Lambert-{n}"), range(8)))

    assert all(f"LAMBERT-{n}" in page for n, page in enumerate(made))


def test_pages_are_drawn_too():
    [page] = draw(MODEL, data(), ppi=20)

    assert page.startswith(b"\x89PNG")
