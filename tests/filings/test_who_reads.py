"""What somebody filed is read when they read it; where they act no more, when whoever does reads it."""

import pytest
from django.utils import timezone

from tests.filings.factories import REFUSAL, desk
from tests.filings.walking import BASE, Walker, page
from xpassfam.accounts.models import Account
from xpassfam.filings.actions import deciding, examining
from xpassfam.filings.models import Message
from xpassfam.people.models import Access

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return desk()


@pytest.fixture
def camille(room):
    return Walker.of(room.home.holder)


def answered(room):
    """A decision, and a message, that nobody of the family has read."""
    filing = room.examined()
    deciding.decide(filing, REFUSAL, seen=filing.version, by=room.nadia, at=timezone.now())
    filing.refresh_from_db()
    examining.write(filing, text="Merci, bien reçu.", form_key="n1", by=room.nadia, at=timezone.now())
    return filing


def test_what_the_partner_reads_stays_to_be_read_by_who_filed_it(room, camille):
    filing = answered(room)
    karim = Walker.of(room.home.partner)

    assert "Merci, bien reçu." in karim.get(page(filing))

    assert "Réponse : Actualiser mon quotient familial" in camille.get("/mon-compte/")
    assert "1 message à lire" in camille.get(BASE)
    assert "Pas encore lu" in Walker.of(room.nadia).get(f"/gestion/demandes/{filing.public_id}/")
    camille.get(page(filing))
    assert "Réponse :" not in camille.get("/mon-compte/")
    assert "Pas encore lu" not in Walker.of(room.nadia).get(f"/gestion/demandes/{filing.public_id}/")


def test_what_is_the_filer_s_to_read_waits_on_nobody_else_s_first_page(room):
    answered(room)
    karim = Walker.of(room.home.partner)

    assert "à lire" not in karim.get(BASE)
    assert "Le service vous a écrit" not in karim.get("/mon-compte/")


@pytest.mark.parametrize("gone", [{"until": "2020-01-01", "since": "2019-01-01"}, {"permission": "view"}, "closed"])
def test_where_who_filed_it_acts_no_more_it_is_read_by_whoever_does(room, gone):
    filing = answered(room)
    camille = room.home.holder
    if gone == "closed":
        Account.objects.filter(pk=camille.pk).update(closed_at=timezone.now())
    else:
        Access.objects.filter(person=camille.person).update(**gone)
    karim = Walker.of(room.home.partner)
    assert "1 message à lire" in karim.get(BASE)

    karim.get(page(filing))

    filing.refresh_from_db()
    assert filing.read_at is not None
    assert Message.objects.get().read_at is not None
    assert "à lire" not in karim.get(BASE)
