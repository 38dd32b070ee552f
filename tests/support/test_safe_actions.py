"""What an agent may start for somebody: it leaves for a channel on file, and gives the agent nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.accounts.factories import account, adult, sign_up_by_code
from tests.accounts.mailbox import path, received
from tests.accounts.recoveries import settled
from tests.household.homes import couple, entered, shown
from tests.support.calling import agent, ticket
from xpassfam.accounts.models import PostedCode, UnlockPass
from xpassfam.journal.models import Line
from xpassfam.support.actions import helping
from xpassfam.support.actions.helping import Help
from xpassfam.support.models import Message, Ticket

pytestmark = pytest.mark.django_db


def act(client, one: Ticket, kind: str):
    return client.post(f"/gestion/assistance/{one.public_id}/geste/", {"help": kind}, follow=True)


def test_an_unlock_goes_to_the_owner_s_mailbox_and_is_in_their_history():
    camille = couple().holder
    one = ticket(camille)
    received()
    page = shown(act(entered(agent()), one, "unlock"))

    [letter] = [letter for letter in received() if "/connexion/deblocage/" in letter.body]
    assert letter.to == [camille.email]
    assert path(letter, "/connexion/deblocage/") not in page
    assert Line.objects.filter(kind="support.unlock_sent", account=camille.public_id).count() == 1
    assert "lien de déblocage" in Message.objects.get(side="system").text


def test_of_an_unproved_ticket_nothing_is_told_on_its_page(client):
    account(email="gerard@example.org")
    one = ticket(email="ailleurs@example.com")
    letters = {letter.to[0]: letter for letter in received()}
    act(entered(agent()), one, "unlock")

    assert UnlockPass.objects.exists() or received()
    assert not Message.objects.filter(side="system").exists()
    page = shown(client.get(path(letters["ailleurs@example.com"], "/assistance/suivi/")))
    assert "déblocage" not in page


def test_a_sign_up_that_waits_gets_its_message_again(client):
    someone = adult(member_number="ESF-2019-004812-K", email="gerard@example.org")
    with time_machine.travel(timezone.now() - timedelta(hours=1)):
        sign_up_by_code(client, someone, "gerard@example.org")
        received()
    one = ticket(topic="activation")
    received()
    act(entered(agent()), one, "activation")

    assert [letter.to for letter in received() if "/activation/" in letter.body] == [["gerard@example.org"]]
    assert not PostedCode.objects.exists()


def test_somebody_of_the_register_gets_a_letter_at_the_address_on_file():
    someone = adult(member_number="ESF-2019-004812-K")
    one = ticket(identifier="ESF-2019-004812-K", topic="activation")
    act(entered(agent()), one, "activation")

    assert PostedCode.objects.filter(person=someone, printed_at=None).count() == 1
    assert Line.objects.filter(kind="support.activation_sent", person=someone.public_id).exists()


def test_an_open_account_needs_no_activation():
    camille = couple().holder

    assert "Sans objet" in shown(entered(agent()).get(f"/gestion/assistance/{ticket(camille).public_id}/"))
    with pytest.raises(helping.CannotHelp):
        helping.help_with(Ticket.objects.get(), Help.ACTIVATION, by=agent(email="o@example.org"), at=timezone.now())


def test_everything_lost_begins_on_a_page_of_its_own():
    camille = settled()
    page = shown(entered(agent()).get(f"/gestion/assistance/{ticket(camille).public_id}/"))
    assert f"/gestion/securite/secours/{camille.person.public_id}/" in page


def test_three_times_an_hour_are_enough():
    one = ticket(couple().holder)
    client = entered(agent())
    for _ in range(3):
        act(client, one, "unlock")

    assert "n’est pas possible maintenant" in shown(act(client, one, "unlock"))


def test_an_account_that_an_administrator_blocked_stays_blocked():
    camille = couple().holder
    one = ticket(camille)
    client = entered(agent())
    camille.blocked_at = timezone.now()
    camille.save(update_fields=["blocked_at"])
    act(client, one, "unlock")
    camille.refresh_from_db()

    assert camille.blocked_at
    assert not UnlockPass.objects.exists()


def test_no_page_of_the_desk_shows_a_secret_nor_a_whole_address():
    account(email="gerard@example.org")
    one = ticket()
    page = shown(entered(agent()).get(f"/gestion/assistance/{one.public_id}/"))

    assert "g•••@example.org" in page
    assert "/assistance/suivi/" not in page
