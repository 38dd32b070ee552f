"""What somebody files to leave, or about their own data, is theirs alone, for ever."""

import pytest
from django.utils import timezone

from tests.filings.factories import CONTEST, INCOME, PAIR, REFUSAL, desk, procedure
from tests.filings.walking import BASE, Walker, page, photo
from tests.household.homes import let_in, outsider
from xpassfam.documents.models import Document
from xpassfam.filings.actions import deciding, drafting
from xpassfam.filings.family.audience import others_who_read
from xpassfam.filings.models import Filing
from xpassfam.journal.models import Line
from xpassfam.outbox.models import Message as Mail
from xpassfam.people.models import Separation
from xpassfam.procedures import shipped
from xpassfam.procedures.language import load

pytestmark = pytest.mark.django_db
PRIVATE = INCOME.replace("category: money", "category: money\nprivate: true")


@pytest.fixture
def room():
    return desk(PRIVATE)


def lines_of(room, someone):
    return set(Line.objects.visible_to(room.home.access_of(someone)).values_list("kind", flat=True))


def test_a_separation_a_disability_one_s_data_and_closing_one_s_account_ship_private():
    private = {one.code for one in (load(path.read_text(encoding="utf-8")) for path in shipped.files()) if one.private}

    assert private == {"D04", "D13", "F02", "F03"}


def test_neither_the_partner_nor_who_was_let_in_reads_it(room):
    odile = outsider()
    let_in(odile.person, room.home.household, "all", origin="invitation")
    sent = room.filed()

    for other in (room.home.partner, odile):
        assert not Filing.objects.visible_to(room.home.access_of(other)).exists()
    assert Walker.of(room.home.partner).client.get(page(sent)).status_code == 404
    assert sent.reference not in Walker.of(room.home.partner).get(BASE)
    assert sent.reference in Walker.of(room.home.holder).get(BASE)


def test_a_separation_that_is_settled_gives_nothing_away(room):
    since = {"since": timezone.localdate().isoformat()}
    text = PAIR.replace("decision: at_once", "decision: at_once\nprivate: true")
    sent = room.filed(since, version=procedure(text), with_proof=False)
    Separation.objects.update(settled_at=timezone.now(), outcome="together")

    assert not room.home.access_of(room.home.partner).is_frozen
    assert Walker.of(room.home.partner).client.get(page(sent)).status_code == 404


def test_its_lines_and_its_mails_are_its_filer_s(room):
    sent = room.examined()
    deciding.decide(sent, REFUSAL, seen=sent.version, by=room.nadia, at=timezone.now())

    assert {"filings.filed_own", "filings.decided_own"} <= lines_of(room, room.home.holder)
    assert not [kind for kind in lines_of(room, room.home.partner) if kind.startswith("filings.")]
    assert set(Mail.objects.filter(template__startswith="filings/").values_list("to", flat=True)) == {
        room.home.holder.email
    }


def test_before_it_is_sent_it_names_no_other_reader(room):
    assert others_who_read(room.draft(), room.access)[0] == []


def test_its_contest_and_its_correction_are_private_too(room):
    refused = room.examined()
    decision = deciding.decide(refused, REFUSAL, seen=refused.version, by=room.nadia, at=timezone.now())
    how = {"access": room.access, "at": timezone.now()}

    assert drafting.start(procedure(CONTEST), start_key="c", contests=decision, **how).is_private
    assert drafting.start(procedure(INCOME), start_key="k", corrects=refused, **how).is_private


def test_a_document_given_for_it_is_its_giver_s(room):
    draft = room.draft(with_proof=False)
    Walker.of(room.home.holder).gives(draft, photo("preuve.pdf"))
    document = Document.objects.get()

    assert document in Document.objects.visible_to(room.access)
    assert document not in Document.objects.visible_to(room.home.access_of(room.home.partner))
    assert "documents.given_own" in lines_of(room, room.home.holder)
    assert not [kind for kind in lines_of(room, room.home.partner) if kind.startswith("documents.")]


@pytest.mark.parametrize(("serves_home", "is_read"), [("", False), (", serves_home: true", True)])
def test_a_piece_on_which_the_home_s_rights_hang_is_read_as_its_kind_lets_it_be(room, serves_home, is_read):
    version = procedure(PRIVATE.replace("why: Pour vérifier votre quotient.", f"why: Pour vérifier.{serves_home}"))
    draft = room.draft(version=version, with_proof=False)
    Walker.of(room.home.holder).gives(draft, photo("preuve.pdf"))

    given = Document.objects.visible_to(room.home.access_of(room.home.partner))
    assert given.filter(uses__filing=draft).exists() is is_read
