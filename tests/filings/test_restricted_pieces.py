"""A restricted document (health) given for a request that others of the home read is not named to them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.filings.factories import desk
from tests.filings.walking import Walker, page, words
from xpassfam.documents.kinds import kind_of
from xpassfam.filings.actions import clock, drafting, examining, sending
from xpassfam.filings.models import Filing
from xpassfam.journal.models import Line
from xpassfam.outbox.models import Message as Mail

pytestmark = pytest.mark.django_db
WORDS = ("MDPH", "andicap")
CARE = """
code: T20
slug: accueil-adapte
title: Demander un accueil adapté
purpose: Pour que l’accueil vous convienne.
category: household
delay: {count: 5, unit: working_days}
sections:
  - key: need
    title: Votre besoin
    fields:
      - {key: need, type: long_text, label: Votre besoin, purpose: Préparer l’accueil}
pieces:
  - {key: decision, label: Décision MDPH, kinds: [disability_decision], why: Pour adapter l’accueil.}
  - {key: home, label: Justificatif de domicile, kinds: [proof_of_address], why: Pour vérifier votre adresse.}
"""


@pytest.fixture
def room():
    return desk(CARE)


def filed(room):
    """By Camille, about herself, with the decision that she alone reads."""
    draft = room.draft({"need": "Une rampe."}, with_proof=False)
    camille = room.home.holder.person
    restricted = kind_of("disability_decision").is_restricted
    decision = room.document("disability_decision", person=camille, is_restricted=restricted)
    for key, document in (("decision", decision), ("home", room.document("proof_of_address"))):
        drafting.add_piece(draft, key=key, document=document, access=room.access, at=timezone.now())
    return sending.send(draft, access=room.access, by=room.camille, at=timezone.now())


def test_the_page_of_the_request_lists_what_its_reader_may_open(room):
    filing = filed(room)

    theirs = Walker.of(room.home.partner).get(page(filing))
    assert [word for word in WORDS if word in theirs] == []
    assert "Justificatif de domicile" in theirs

    assert "Décision MDPH" in Walker.of(room.home.holder).get(page(filing))


def test_neither_mails_nor_papers_nor_the_home_s_history_name_it(room):
    filing = examining.take(filed(room), by=room.nadia, at=timezone.now())
    how = {"fields": [], "pieces": ["decision"], "until": timezone.localdate() + timedelta(days=9)}
    examining.ask(filing, text="Il manque une page.", **how, seen=filing.version, by=room.nadia, at=timezone.now())
    clock.remind(at=timezone.now() + timedelta(days=6))

    mails = [str(mail.context) for mail in Mail.objects.filter(template__startswith="filings/")]
    assert len(mails) == 3
    told = [str(line.payload.words) for line in Line.objects.exclude(audience="self")]
    said = [*mails, *told, str(Filing.objects.get().acknowledgement)]
    assert [text for text in said if "MDPH" in text or "andicap" in text] == []
    assert "un document à lecture restreinte" in mails[-1]


def test_whoever_may_read_it_reads_its_name_on_the_page_of_the_request(room):
    filing = examining.take(filed(room), by=room.nadia, at=timezone.now())
    how = {"fields": [], "pieces": ["decision"], "until": timezone.localdate() + timedelta(days=9)}
    examining.ask(filing, text="Une page.", **how, seen=filing.version, by=room.nadia, at=timezone.now())

    assert "Il manque : Décision MDPH" in Walker.of(room.home.holder).get(page(filing))
    theirs = Walker.of(room.home.partner)
    assert "MDPH" not in theirs.get(page(filing))
    assert "MDPH" in Walker.of(room.home.holder).get(page(filing, "completer/"))
    assert "MDPH" not in theirs.get(page(filing, "completer/"))
    said = words(theirs.post(page(filing, "completer/")))
    assert "un document à lecture restreinte" in said
    assert "MDPH" not in said
