"""Of an account that a family gives: what to expect before it is sent, what an agent reads, which one after a yes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.accounts.mailbox import received
from tests.desk.desks import entered
from tests.filings.factories import REFUSAL, desk
from tests.filings.shipped import approve, send
from tests.filings.walking import Walker, page
from tests.household.homes import read
from tests.payments.accounts import NADIA
from xpassfam.filings.actions import deciding
from xpassfam.payments.actions import change_bank_details
from xpassfam.ui import words

pytestmark = pytest.mark.django_db
IBAN, OTHER = "FR7630006000011234567890189", "FR1420041010050500013M02606"
ALREADY = "C’est déjà votre compte, celui qui finit par 0189."
NOBODY = "n’est le nom d’aucun adulte de votre foyer"


@pytest.fixture
def room():
    return desk()


@pytest.fixture
def paid(room):
    """The home is paid on an account already."""
    at = timezone.now() - timedelta(days=30)
    change_bank_details(room.home.household, holder="Camille Martin", iban=IBAN, by=NADIA, at=at)


def last_look(room, holder, iban):
    draft = room.draft({"holder": holder, "iban": iban}, version=sent(room).procedure_version, with_proof=False)
    return Walker.of(room.home.holder).get(page(draft, "verifier/"))


def sent(room, holder="Camille Martin", iban=OTHER):
    return send(room, "D12", {"holder": holder, "iban": iban})


def on_the_desk(room, filing):
    return read(entered(room.nadia), f"/gestion/demandes/{filing.public_id}/")


def family_page(room, filing):
    return Walker.of(room.home.holder).get(page(filing))


class TestBeforeItIsSent:
    def test_the_account_of_the_home_is_told_as_such(self, room, paid):
        text = last_look(room, "Camille Martin", IBAN)

        assert f"{ALREADY} Cette demande n’y changerait rien" in text
        assert "Envoyer ma demande" in text
        assert NOBODY not in text

    def test_another_holder_of_the_same_account_too(self, room, paid):
        assert f"{ALREADY} Seul le nom du titulaire changera." in last_look(room, "Karim Benali", IBAN)

    def test_a_holder_who_is_nobody_of_the_home_is_told_and_refused_nothing(self, room, paid):
        text = last_look(room, "Jean Dupont", OTHER)

        assert f"Jean Dupont » {NOBODY}" in text.replace("\u00a0", " ")
        assert "Un agent vérifiera à qui est le compte avant de vous répondre." in text
        assert "Envoyer ma demande" in text
        assert ALREADY not in text

    def test_of_a_first_account_in_one_s_own_name_there_is_nothing_to_say(self, room):
        text = last_look(room, "Camille Martin", IBAN)

        assert ALREADY not in text
        assert NOBODY not in text


class TestWhatAnAgentReads:
    def test_that_nothing_changes(self, room, paid):
        text = on_the_desk(room, sent(room, iban=IBAN))

        assert "c’est déjà le compte du foyer (•••• 0189)." in text
        assert "versées sur un autre compte" not in text

    def test_that_the_holder_alone_does(self, room, paid):
        text = on_the_desk(room, sent(room, holder="Karim Benali", iban=IBAN))

        assert "Le compte du foyer reste le même (•••• 0189)." in text
        assert "versées sur un autre compte" not in text

    def test_that_the_account_does(self, room, paid):
        assert "versées sur un autre compte" in on_the_desk(room, sent(room))


class TestAfterAYes:
    def test_the_mail_and_the_page_say_which_account_and_from_when(self, room, paid, time_machine):
        time_machine.move_to(timezone.now(), tick=False)
        filing = sent(room)
        approve(room, filing)
        from_then = words.moment(timezone.now() + timedelta(hours=72))
        told = f"Vos aides seront versées sur le compte qui finit par 2606. Il servira {from_then}, 72 heures".replace(
            "\u00a0", " "
        )

        mail = next(one for one in received() if filing.reference in one.body and "compte qui finit" in one.body)
        assert told in mail.body.replace("\u00a0", " ").replace("\n", " ")
        assert OTHER not in mail.body
        assert told in family_page(room, filing).replace("\u00a0", " ")

        time_machine.shift(timedelta(hours=73))
        assert "Vos aides sont versées sur le compte qui finit par 2606." in family_page(room, filing)

    def test_of_the_account_of_before_that_it_is_paid(self, room, paid):
        filing = sent(room, iban=IBAN)
        approve(room, filing)

        assert "Vos aides sont versées sur le compte qui finit par 0189." in family_page(room, filing)

    def test_once_another_took_its_place_nothing(self, room, paid):
        filing = sent(room)
        approve(room, filing)
        change_bank_details(room.home.household, holder="Camille Martin", iban=IBAN, by=NADIA, at=timezone.now())

        assert "le compte qui finit par" not in family_page(room, filing)

    def test_of_a_refusal_nothing(self, room, paid):
        filing = sent(room, iban=IBAN)
        deciding.decide(
            filing, replace(REFUSAL, reasons=["M02"]), seen=filing.version, by=room.nadia, at=timezone.now()
        )

        assert "le compte qui finit par" not in family_page(room, filing)
