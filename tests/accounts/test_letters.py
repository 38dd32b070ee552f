"""Letters with activation codes, as PDF for envelopes with a window."""

import csv
import io
import stat

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from PIL import Image
from pypdf import PdfReader

from tests.accounts.factories import account, adult, code_for, sign_up
from tests.accounts.mailbox import the_mail
from tests.people.factories import household, living, person
from xpassfam.accounts.actions import activation_codes
from xpassfam.accounts.actions.activation_letters import print_letters
from xpassfam.accounts.models import ActivationCode, PostedCode
from xpassfam.journal.actions import Actor
from xpassfam.organisation import logos
from xpassfam.organisation.actions import configure
from xpassfam.organisation.models import Organisation
from xpassfam.people.models import Household, Separation

pytestmark = pytest.mark.django_db
SYSTEM = Actor(kind="system")
MM = 72 / 25.4
RED_LOGO = io.BytesIO()
Image.new("RGB", (64, 64), (200, 20, 60)).save(RED_LOGO, "PNG")
RED_LOGO = RED_LOGO.getvalue()
NOTICE = dict.fromkeys(("legal_name", "seat", "registration", "publication_director"), "x")
NOTICE |= dict.fromkeys(("host_name", "host_address", "dpo_contact"), "y")
NOTICE |= {"legal_phone": "02 61 91 66 00", "host_phone": "02 61 91 66 99", "legal_email": "a@example.org"}
HOME = {"address": "Appartement 14\n3 rue des Granges", "postcode": "25000", "town": "Besançon"}


@pytest.fixture
def odile():
    return housed(adult("Odile Lambert", member_number="ESF-1998-016789-G"))


def housed(someone, **facts: str):
    Household.objects.filter(residences__person=someone).update(**HOME | facts)
    return someone


def asked(*people):
    for someone in people:
        activation_codes.ask_by_post(someone, by=SYSTEM, at=timezone.now())


def printed(path, *options: str) -> tuple[list[str], str]:
    said = io.StringIO()
    call_command("print_activation_letters", "--pdf", str(path), *options, stderr=said)
    pages = [page.extract_text() for page in PdfReader(path).pages] if path.exists() else []
    return pages, said.getvalue()


def code_in(page: str) -> str:
    lines = page.splitlines()
    return next(line for line in lines if len(line) == 11 and line[4] == "-")


def places(path) -> list[tuple[str, float, float]]:
    """Each line of the first page, and where it begins: mm from left and top."""
    found = []

    def note(text, _own, matrix, *_font):
        if text.strip():
            found.append((text.strip(), matrix[4] / MM, 297 - matrix[5] / MM))

    page = PdfReader(path).pages[0]
    page.extract_text(visitor_text=lambda text, cm, tm, *font: note(text, tm, _product(tm, cm), *font))
    return found


def _product(one, other):
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return [a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u]


def test_a_letter_has_all_it_takes_to_open_an_account(client, odile, tmp_path):
    asked(odile)
    [page], said = printed(tmp_path / "letters.pdf")
    assert "Bonjour Odile Lambert" in page
    assert "ESF-1998-016789-G" in page
    assert "/inscription/" in page
    assert "Letters printed: 1." in said
    sign_up(client, "odile@example.org", member_number="ESF-1998-016789-G", activation_code=code_in(page))
    assert the_mail().subject == "Ouvrez votre compte"


def test_the_day_that_is_promised_is_good_to_its_end(odile, tmp_path, time_machine):
    time_machine.move_to("2026-11-23 09:00:00Z", tick=False)
    asked(odile)
    [page], _said = printed(tmp_path / "letters.pdf")
    assert "22 décembre 2026" in page
    time_machine.move_to("2026-12-22 22:59:00Z", tick=False)
    assert activation_codes.check(odile, code_in(page), at=timezone.now())


def test_the_window_shows_the_address_and_nothing_else(odile, tmp_path):
    asked(odile)
    printed(tmp_path / "letters.pdf")
    seen = [(text, x, y) for text, x, y in places(tmp_path / "letters.pdf") if 44 < y < 90]
    assert "".join(text for text, _x, _y in seen).replace("\n", "").startswith("Odile LAMBERT")
    assert "BESANÇON" in "".join(text for text, _x, _y in seen)
    assert all(100 <= x <= 190 and 55 <= y <= 79 for _text, x, y in seen)


@pytest.mark.parametrize("address", ["Résidence des Trois-Fontaines-du-Bois-Joli, bâtiment C", "a\nb\nc\nd\ne\nf\ng"])
def test_a_long_address_stays_in_the_window(odile, tmp_path, address):
    asked(housed(odile, address=address, country="BE"))
    pages, _said = printed(tmp_path / "letters.pdf")
    assert len(pages) == 1
    assert "BELGIQUE" in pages[0]
    assert all(y < 90 or "BELGIQUE" not in text for text, _x, y in places(tmp_path / "letters.pdf"))
    window = [(x, y) for text, x, y in places(tmp_path / "letters.pdf") if 44 < y < 90]
    assert [(x, y) for x, y in window if not (100 <= x <= 190 and 55 <= y <= 79)] == []


def test_the_wordiest_organisation_stays_on_one_page(odile, tmp_path):
    Organisation(
        name="Œ" * 80,
        portal_name="M" * 40,
        support_phone="+33 2 61 91 44 00",
        support_hours="du lundi au vendredi, " * 5,
        support_email=f"{'assistance' * 5}@example.org",
        postal_address="12, quai des Antilles\n" * 3,
    ).save()
    asked(odile)
    pages, _said = printed(tmp_path / "letters.pdf")
    assert len(pages) == 1
    lowest = max(
        y for text, _x, y in places(tmp_path / "letters.pdf") if "Antilles" not in text and "poste" not in text
    )
    assert lowest < 282


def test_each_adult_of_a_home_has_a_letter_of_their_own(odile, tmp_path):
    paul = adult("Paul Lambert", member_number="ESF-1998-016790-H")
    asked(odile, housed(paul))
    pages, _said = printed(tmp_path / "letters.pdf")
    assert len(pages) == 2
    assert len({code_in(page) for page in pages}) == 2
    assert printed(tmp_path / "again.pdf")[0] == []
    assert not (tmp_path / "again.pdf").exists()


def test_all_without_account_are_those_who_may_come_and_cannot_yet(odile, tmp_path):
    with_account = housed(adult("Ana Ruiz", member_number="ESF-2019-000001-A"))
    account(with_account)
    with_code = housed(adult("Bo Li", member_number="ESF-2019-000002-B"))
    code_for(with_code)
    asked_too = housed(adult("Cy Roux", member_number="ESF-2019-000003-C"))
    asked(asked_too)
    living(person("Zoé Lambert", member_number="ESF-2019-000004-D"), odile.residences.get().household, "other_adult")
    pages, _said = printed(tmp_path / "letters.pdf", "--all-without-account")
    assert sorted(
        name for name in ("Odile", "Ana", "Bo", "Cy", "Zoé") for page in pages if f"Bonjour {name}" in page
    ) == [
        "Cy",
        "Odile",
    ]
    assert printed(tmp_path / "again.pdf", "--all-without-account")[0] == []


def test_a_lost_letter_is_replaced_and_its_code_dies(odile, tmp_path):
    lost = code_for(odile)
    [page], _said = printed(tmp_path / "letters.pdf", "--member", "esf 1998 16789 g")
    assert activation_codes.check(odile, lost, at=timezone.now()) is None
    assert activation_codes.check(odile, code_in(page), at=timezone.now())


@pytest.mark.parametrize(("number", "said"), [("ESF-1999-000001-A", "nobody"), ("ESF-1998-016789-G", "already")])
def test_no_letter_is_asked_for_who_needs_none(odile, tmp_path, number, said):
    account(odile)
    with pytest.raises(CommandError, match=said):
        printed(tmp_path / "letters.pdf", "--member", number)
    assert not PostedCode.objects.exists()


def test_who_has_no_address_waits_and_is_told(odile, tmp_path):
    asked(housed(odile, address=""))
    pages, said = printed(tmp_path / "letters.pdf")
    assert pages == []
    assert "no address in the register: 1" in said
    assert not ActivationCode.objects.exists()


def test_a_long_list_is_printed_by_parts(odile, tmp_path):
    asked(odile, housed(adult("Paul Lambert", member_number="ESF-1998-016790-H")))
    pages, said = printed(tmp_path / "one.pdf", "--most", "1")
    assert len(pages) == 1
    assert "Left for another print: 1." in said
    assert len(printed(tmp_path / "two.pdf")[0]) == 1


def test_a_file_of_letters_is_never_written_over(odile, tmp_path):
    (tmp_path / "letters.pdf").write_bytes(b"letters of yesterday")
    asked(odile)
    with pytest.raises(CommandError, match="exists already"):
        call_command("print_activation_letters", "--pdf", str(tmp_path / "letters.pdf"))
    assert (tmp_path / "letters.pdf").read_bytes() == b"letters of yesterday"
    assert not ActivationCode.objects.exists()


def test_a_print_that_stops_issues_no_code(odile):
    asked(odile)

    def jammed(letters):
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        print_letters(jammed, by=SYSTEM, at=timezone.now())
    assert not ActivationCode.objects.exists()
    assert PostedCode.objects.get().printed_at is None


def test_only_their_owner_reads_the_letters(odile, tmp_path):
    asked(odile)
    printed(tmp_path / "letters.pdf")
    assert stat.S_IMODE((tmp_path / "letters.pdf").stat().st_mode) == 0o600


def test_the_organisation_s_logo_stands_at_the_head(odile, tmp_path):
    asked(odile)
    logo = logos.read(io.BytesIO(RED_LOGO), size=len(RED_LOGO))
    organisation = Organisation(name="Solidarité", **NOTICE)
    configure(organisation, logos={"logo": logo}, by="test", at=timezone.now())
    path = tmp_path / "letters.pdf"
    printed(path)
    [picture] = [image for image in PdfReader(path).pages[0].images if image.image.size == (64, 64)]
    assert picture.image.convert("RGB").getpixel((30, 30)) == (200, 20, 60)


def test_a_table_of_letters_holds_no_formula(capsys):
    someone = adult('=HYPERLINK("https://example.org";"Odile") Lambert', member_number="ESF-1998-016789-G")
    asked(housed(someone, address="+1\nrue", town="@SUM(A1)", postcode=""))
    call_command("print_activation_letters")
    [_head, row] = csv.reader(io.StringIO(capsys.readouterr().out), delimiter=";")
    assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert "" in row


def declared_in(home, someone):
    Separation.objects.create(household=home, declared_by=someone, declared_at=timezone.now())


def test_a_code_never_goes_to_the_home_that_somebody_left_in_a_separation(odile, tmp_path):
    old = Household.objects.get(residences__person=odile)
    declared_in(old, odile)
    new = household("Foyer Lambert", address="17 rue Neuve", postcode="25000", town="Besançon")
    living(odile, new)
    asked(odile)

    pages, _said = printed(tmp_path / "letters.pdf")

    assert "17 RUE NEUVE" in pages[0]
    assert "RUE DES GRANGES" not in pages[0]


def test_where_the_only_home_is_frozen_the_letter_is_held_and_the_operator_told(odile, tmp_path):
    declared_in(Household.objects.get(residences__person=odile), odile)
    asked(odile)

    pages, said = printed(tmp_path / "letters.pdf")

    assert pages == []
    assert "Held, a separation is declared in their only home: 1." in said
    assert PostedCode.objects.get(person=odile).printed_at is None


def test_of_two_homes_the_newest_receives_the_code(odile, tmp_path):
    living(odile, household("Foyer Lambert", address="17 rue Neuve", postcode="25000", town="Besançon"))
    asked(odile)

    assert "17 RUE NEUVE" in printed(tmp_path / "letters.pdf")[0][0]
