"""What an agent asked for is given, whole or not at all."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.filings.factories import desk
from tests.filings.walking import Walker, page, photo, words
from xpassfam.filings.actions import deciding, examining
from xpassfam.filings.models import Decision
from xpassfam.filings.states import Status
from xpassfam.filings.verdicts import Verdict

pytestmark = pytest.mark.django_db
DAYS = {"p1-issued_on_day": "2", "p1-issued_on_month": "11", "p1-issued_on_year": "2026"}


@pytest.fixture
def room():
    return desk()


@pytest.fixture
def camille(room):
    return Walker.of(room.home.holder)


def asked(room, *, fields=(), pieces=("proof",)):
    filing = room.examined()
    until = timezone.localdate() + timedelta(days=10)
    examining.ask(
        filing,
        fields=fields,
        pieces=pieces,
        text="L’attestation est floue.",
        until=until,
        seen=filing.version,
        by=room.nadia,
        at=timezone.now(),
    )
    filing.refresh_from_db()
    return filing


def test_the_page_says_exactly_what_is_missing_and_until_when(room, camille):
    text = camille.get(page(asked(room)))

    assert "C’est à vous" in text
    assert "Il manque : Attestation CAF" in text
    assert "L’attestation est floue." in text
    assert "À compléter au plus tard le" in text
    assert "Complétez : Actualiser mon quotient familial" in camille.get("/mon-compte/")


def test_giving_it_makes_it_our_turn(room, camille):
    filing = asked(room)

    text = words(camille.post(page(filing, "completer/"), {"p1-files": photo("nette.pdf"), **DAYS}))

    filing.refresh_from_db()
    assert filing.status == Status.UNDER_REVIEW
    assert "C’est à nous" in text
    assert "Remplacée" in text
    assert "Complétée par vous" in text


def test_without_the_document_it_says_what_is_still_missing(room, camille):
    filing = asked(room)

    text = words(camille.post(page(filing, "completer/")))

    assert "Il manque encore quelque chose" in text
    filing.refresh_from_db()
    assert filing.status == Status.AWAITING_APPLICANT


def test_what_was_found_wrong_is_not_offered_again(room, camille):
    assert "Utiliser ce document" not in camille.get(page(asked(room), "completer/"))


def test_fields_are_asked_again_with_what_was_answered(room, camille):
    filing = asked(room, fields=["quotient"], pieces=[])
    assert 'value="984"' in camille.get(page(filing, "completer/"))

    assert "Écrivez un montant" in words(camille.post(page(filing, "completer/"), {"quotient": "beaucoup"}))
    camille.post(page(filing, "completer/"), {"quotient": "1000"})

    filing.refresh_from_db()
    assert (filing.answers["quotient"], filing.status) == (100000, Status.UNDER_REVIEW)


def test_what_is_wrong_in_answers_and_beside_documents_is_named_together(room, camille):
    filing = asked(room, fields=["quotient"])

    text = words(camille.post(page(filing, "completer/"), {"quotient": "beaucoup", "p1-files": photo()}))

    assert "2 réponses à corriger" in text


def test_a_reserve_is_lifted_by_what_the_family_adds(room, camille):
    filing = room.examined()
    verdict = Verdict(Decision.Outcome.UNDER_RESERVE, limits="Sous réserve d’une attestation nette.", reserve=["proof"])
    deciding.decide(filing, verdict, seen=filing.version, by=room.nadia, at=timezone.now())
    assert "Il reste à nous donner" in camille.get(page(filing))
    assert f"À nous donner : {filing.title}" in camille.get("/mon-compte/")
    assert "Sous réserve d’une attestation nette." in camille.get(page(filing, "completer/"))

    nothing = words(camille.post(page(filing, "completer/"), {}))
    assert "Il manque encore quelque chose" in nothing
    assert "Nous vérifions" not in nothing

    text = words(camille.post(page(filing, "completer/"), {"p1-files": photo(), **DAYS}))

    assert "Nous vérifions ce que vous avez ajouté" in text
    assert "Il reste à nous donner" not in text
    assert "Reçu : Attestation CAF. Un agent vérifie." in text
    assert "À nous donner" not in camille.get("/mon-compte/")

    filing.pieces.filter(replaced_at=None).update(verdict="unreadable", judged_at=timezone.now(), judged_by="Nadia")
    assert "À nous donner" in camille.get("/mon-compte/")


def test_a_reserve_that_names_no_piece_is_answered_by_a_message(room, camille):
    filing = room.examined()
    verdict = Verdict(Decision.Outcome.UNDER_RESERVE, limits="Sous réserve de l’original.")
    deciding.decide(filing, verdict, seen=filing.version, by=room.nadia, at=timezone.now())

    assert "Répondre à cette réserve par un message" in camille.get(page(filing))


def test_where_nothing_is_asked_there_is_no_page(room, camille):
    filing = room.filed()
    assert camille.client.get(page(filing, "completer/")).headers["Location"] == page(filing)
