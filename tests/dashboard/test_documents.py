"""One place for what a family gave and what it was sent: narrowed, by pages, and never another's."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tests.filings.factories import APPROVAL, desk
from tests.filings.walking import Walker
from tests.household.homes import let_in, outsider
from xpassfam.dashboard import papers
from xpassfam.documents.kinds import kind_of
from xpassfam.documents.models import Document
from xpassfam.filings.actions import deciding, drafting, sending
from xpassfam.filings.models import Decision, Filing

pytestmark = pytest.mark.django_db
PAGE = "/mon-compte/documents/"
MOST = 12


@pytest.fixture
def room():
    return desk()


@pytest.fixture
def camille(room):
    return Walker.of(room.home.holder)


def decided(room):
    filing = room.examined()
    deciding.decide(filing, APPROVAL, seen=filing.version, by=room.nadia, at=timezone.now())
    return filing


def both(text):
    """What was given, and what was sent."""
    given, _sign, sent = text.partition('id="envoyes"')
    return given, sent


def test_what_was_given_and_what_was_sent_are_on_one_page(room, camille):
    filing = decided(room)
    given, sent = both(camille.get(PAGE))

    assert "Attestation CAF ou MSA" in given
    assert "A servi à 1 demande." in given
    assert "Accusé de réception : Actualiser mon quotient familial" in sent
    assert "Décision : Actualiser mon quotient familial" in sent
    assert filing.reference in sent
    assert camille.client.get(f"/mon-compte/demandes/{filing.public_id}/accuse.pdf").status_code == 200


def test_with_nothing_yet_each_part_says_so(camille):
    text = camille.get(PAGE)

    assert "Aucun document pour l’instant" in text
    assert "Aucun courrier pour l’instant" in text


class TestNarrowing:
    @pytest.mark.parametrize(
        ("kind", "shown", "hidden"),
        [
            ("accuse", "Accusé de réception :", "Décision :"),
            ("decision", "Décision :", "Accusé de réception :"),
            ("proof_of_address", "Justificatif de domicile</b>", "Attestation CAF ou MSA</b>"),
        ],
    )
    def test_by_kind(self, room, camille, kind, shown, hidden):
        decided(room)
        room.document("proof_of_address")
        text = camille.get(f"{PAGE}?quoi={kind}")

        assert shown in text
        assert hidden not in text

    def test_a_kind_of_letters_leaves_documents_out_and_the_other_way_round(self, room, camille):
        decided(room)

        assert "Ce que vous nous avez donné" not in camille.get(f"{PAGE}?quoi=decision")
        assert 'id="envoyes"' not in camille.get(f"{PAGE}?quoi=proof_of_address")

    def test_by_person(self, room, camille):
        child = room.home.child
        room.document("school_certificate", person=child)
        room.document("proof_of_address")
        filing = room.filed()
        Filing.objects.filter(pk=filing.pk).update(about=child)

        given, sent = both(camille.get(f"{PAGE}?pour={child.public_id}"))
        assert "Certificat de scolarité d’Inès" in given
        assert "Justificatif de domicile</b>" not in given
        assert "Accusé de réception :" in sent
        assert "Accusé de réception :" not in camille.get(f"{PAGE}?pour={room.home.partner.person.public_id}")

    def test_by_year(self, room, camille):
        old = room.document("proof_of_address")
        now = timezone.localtime()
        long_ago = now.replace(year=now.year - 2, month=12, day=31, hour=23, minute=59)
        Document.objects.filter(pk=old.pk).update(given_at=long_ago)

        assert "Justificatif de domicile</b>" in camille.get(f"{PAGE}?annee={long_ago.year}")
        assert "Justificatif de domicile</b>" not in camille.get(f"{PAGE}?annee={long_ago.year + 1}")

    def test_where_nothing_fits_it_says_so_and_shows_the_way_back(self, room, camille):
        decided(room)
        text = camille.get(f"{PAGE}?quoi=judgment")

        assert "Aucun document ne correspond" in text
        assert "Tout afficher" in text

    @pytest.mark.parametrize("asked", ["pour=x", "quoi=tout", "annee=99999", "annee=-1", "quoi=%00"])
    def test_what_is_asked_wrongly_is_not_asked(self, room, camille, asked):
        decided(room)
        assert "Attestation CAF ou MSA" in camille.get(f"{PAGE}?{asked}")


class TestPages:
    def test_a_long_list_goes_on_by_pages_with_nothing_twice_and_nothing_lost(self, room):
        for _number in range(papers.SIZE + 3):
            room.document("proof_of_address")
        Document.objects.update(given_at=timezone.now())
        access, wanted = room.access, papers.Wanted()
        first = papers.given(access, wanted, after=None)
        at, _sign, key = first.older.partition("~")
        second = papers.given(access, wanted, after=(datetime.fromisoformat(at), key))

        keys = [row.shown.document.pk for row in [*first.rows, *second.rows]]
        assert len(keys) == len(set(keys)) == papers.SIZE + 3
        assert second.older == ""

    def test_letters_too_whatever_their_kind(self, room):
        for _number in range(papers.SIZE // 2 + 2):
            decided(room)
        access, wanted = room.access, papers.Wanted()
        first = papers.sent(access, wanted, after=None)
        at, _sign, key = first.older.partition("~")
        second = papers.sent(access, wanted, after=(datetime.fromisoformat(at), key))

        files = [row.file_url for row in [*first.rows, *second.rows]]
        assert len(files) == len(set(files)) == papers.SIZE + 4

    def test_the_links_keep_what_was_asked(self, room, camille):
        for _number in range(papers.SIZE + 1):
            room.document("proof_of_address")
        text = camille.get(f"{PAGE}?quoi=proof_of_address")
        assert "?quoi=proof_of_address&donnes=" in text

    @pytest.mark.parametrize("key", ["x", "2026~a", "2026-11-23T10:00:00~aaaaaaaaaaaaaaaaaaaaaaaaaa"])
    def test_a_key_that_is_none_is_not_found(self, camille, key):
        camille.get(f"{PAGE}?donnes={key}", status=404)


class TestWhoSees:
    def test_another_home_reads_nothing_of_it(self, room):
        decided(room)
        text = Walker.of(outsider()).get(PAGE)

        assert "Attestation CAF ou MSA</b>" not in text
        assert "Accusé de réception :" not in text

    def test_a_restricted_document_is_listed_to_who_may_read_it(self, room, camille):
        person = room.home.holder.person
        kind = kind_of("disability_decision")
        room.document(kind.code, person=person, is_restricted=kind.is_restricted)

        assert "Décision MDPH ou CAF (handicap) de Camille" in camille.get(PAGE)
        assert "(handicap) de Camille" not in Walker.of(room.home.partner).get(PAGE)
        helper = outsider()
        let_in(helper.person, room.home.household, "documents")
        assert "(handicap) de Camille" not in Walker.of(helper).get(PAGE)

    def test_how_often_one_served_counts_what_the_reader_may_see(self, room):
        document = room.document()
        draft = room.draft(with_proof=False)
        drafting.add_piece(draft, key="proof", document=document, access=room.access, at=timezone.now())
        sending.send(draft, access=room.access, by=room.camille, at=timezone.now())
        Filing.objects.update(is_private=True)

        assert "A servi à" in Walker.of(room.home.holder).get(PAGE)
        theirs = Walker.of(room.home.partner)
        assert "A servi à" not in theirs.get(PAGE)
        page = theirs.get(f"{PAGE}{document.public_id}/")
        assert "Aucune demande ne s’en est servi" in page
        assert "Actualiser mon quotient familial" not in page


@pytest.mark.parametrize("number", [1, 6])
def test_it_costs_the_same_whatever_it_holds(room, camille, number, django_assert_max_num_queries):
    for _time in range(number):
        decided(room)
        room.document("proof_of_address", replaced_by=room.document("proof_of_address"))
    camille.get(PAGE)
    with django_assert_max_num_queries(MOST):
        camille.get(PAGE)


def test_of_a_decision_taken_back_the_one_that_stands_is_listed(room, camille):
    filing = decided(room)
    Decision.objects.update(superseded_at=timezone.now() + timedelta(minutes=1))

    assert "Décision :" not in camille.get(PAGE)
    assert filing.reference in camille.get(PAGE)
