"""The PDF: what it says, readable by all, the same bytes whatever changes later."""

import io
from datetime import date

import pytest
import zxingcpp
from django.utils import translation
from PIL import Image
from pypdf import PdfReader

from tests.certificates.certifying import brackets, given, living_on, paid, read_again, text
from tests.household.families import Family
from tests.organisation.factories import example
from tests.people.factories import Role, living, person
from xpassfam.certificates import printing
from xpassfam.certificates.actions import wording
from xpassfam.certificates.kinds import kind_of
from xpassfam.certificates.models import Face, Signature
from xpassfam.journal.actions import Actor
from xpassfam.organisation.models import forget
from xpassfam.people.models import Household, Person
from xpassfam.rules.certificates import written_code

pytestmark = pytest.mark.django_db
THIERRY = Actor("administrator", name="Thierry Roux")


@pytest.fixture
def at(time_machine):
    time_machine.move_to("2026-11-23 14:05:00Z", tick=False)


def test_it_says_who_what_when_and_how_to_verify_it(at, family):
    brackets()
    made = given(family, family.camille)
    said = text(printing.pdf(made))

    for told in (
        "Attestation de composition du foyer",
        "Établie le 23 novembre 2026, valable jusqu’au 23 février 2027",
        made.number,
        "Camille Martin",
        "Naissance le 18 juin 2017",
        "Enfant, résidence alternée",
        "14 rue du Coudray, 44200 Nantes",
        written_code(made.paper.code),
        "À Nantes, le 23 novembre 2026",
        "Claire Delaunay",
        "Toute modification se voit",
    ):
        assert told in said, told
    assert "Roubaix" not in said
    # With a date of birth, it can prove a sign-up.
    assert family.home.file_number not in said


def test_each_kind_says_its_facts(at, family):
    brackets()
    living_on(family)
    paid(family, "Coup de pouce rentrée", 80_50, on=date(2025, 9, 26))
    assert "984 €" in text(printing.pdf(given(family, family.camille, "bracket")))
    alone = text(printing.pdf(given(family, family.camille, "bracket", "without_amount")))
    assert "984" not in alone
    assert "T3" in alone
    tax = text(printing.pdf(given(family, family.camille, "paid", "2025")))
    assert "Attestation des aides versées en 2025" in tax
    assert "Coup de pouce rentrée 26 septembre 2025 80,50 €" in tax
    assert "Aucune aide n’a été versée en 2024" in text(printing.pdf(given(family, family.camille, "paid", "2024")))
    card = text(printing.pdf(given(family, family.camille, "card")))
    assert "jusqu’au 23 novembre 2027" in card
    assert "Coudray" not in card


@pytest.mark.parametrize("kind", ["composition", "card"])
def test_its_square_code_opens_the_page_that_verifies_it(family, settings, kind):
    settings.BASE_URL = "https://compte.example.org"
    made = given(family, family.camille, kind)
    read = {one.text for one in zxingcpp.read_barcodes(Image.open(io.BytesIO(printing.picture(made))).convert("L"))}

    assert read == {f"https://compte.example.org/verifier/{written_code(made.paper.code)}"}


@pytest.mark.parametrize("kind", ["composition", "card"])
def test_it_is_the_same_whatever_changes_later(family, settings, kind):
    brackets()
    made = given(family, family.camille, kind)
    before = printing.pdf(made)

    example("ville-de-port-breton")
    forget()
    Signature.objects.update(name="Quelqu’un d’autre", place="Brest", picture=b"x", picture_width=3)
    wording.write_words(kind_of(kind), {"title": "Autre", "introduction": "Autre"}, by=THIERRY, at=made.issued_at)
    Person.objects.update(last_name="Changé")
    Household.objects.update(name="Changé", address="ailleurs")
    settings.BASE_URL = "https://ailleurs.example.org"

    assert printing.pdf(read_again(made)) == before


def test_a_look_is_kept_once(family):
    given(family, family.camille)
    given(family, family.karim)
    assert Face.objects.count() == 1


def test_it_is_read_aloud_and_kept_for_long(family):
    document = PdfReader(io.BytesIO(printing.pdf(given(family, family.camille))))
    marks = document.metadata

    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert document.trailer["/Root"]["/Lang"] == "fr"
    assert marks.title == "Attestation de composition du foyer"
    xmp = document.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "pdfuaid:part" in xmp
    assert "pdfaid:part" in xmp


def test_many_persons_with_long_names_fit(db):
    family = Family()
    for number in range(10):
        child = person(f"Marie-Antoinette-{number} de la Rochefoucauld-Montmorency-Bouteville")
        living(child, family.home, Role.OTHER_ADULT, rank=10 + number)
    for kind in ("composition", "card"):
        assert len(PdfReader(io.BytesIO(printing.pdf(given(family, family.camille, kind)))).pages) <= 2


def test_a_name_is_no_markup(family):
    Person.objects.filter(pk=family.camille.pk).update(last_name="#panic() {name}")
    said = text(printing.pdf(given(family, family.camille)))

    assert "Camille #panic() {name}" in said


def test_it_is_in_french_whoever_asks_in_english(family):
    with translation.override("en"):
        made = given(family, family.camille)
        said = text(printing.pdf(made))

    assert "Vérifier ce document" in said
    assert "Titulaire" in said
    assert "Holder" not in said
