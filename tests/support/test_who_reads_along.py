"""A mailbox that another reads, or that was left; an agent who is curious: what of a ticket they learn."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.accounts.factories import account
from tests.accounts.mailbox import path, received
from tests.household.homes import couple, entered, shown
from tests.support.calling import agent, call, form_key, ticket
from tests.vault import samples
from xpassfam.accounts.actions import choosing_channels
from xpassfam.journal.models import Line
from xpassfam.support.actions import answering, continuing
from xpassfam.support.models.ticket import Proof

pytestmark = pytest.mark.django_db
FOLLOWED = "/assistance/suivi/"


def discreet(someone):
    choosing_channels.be_discreet(someone, email_is_shared=True, phone_is_shared=False, device="", at=timezone.now())
    return someone


def answered(one, by):
    answering.answer(one, text="Voici quoi faire.", closes=False, form_key="a1", by=by, at=timezone.now())


def addresses() -> set[str]:
    return {to for letter in received() for to in letter.to}


def proved(someone):
    """A stranger's call, confirmed from the account's mailbox, and the link that did it."""
    one = ticket(identifier=someone.email, message="Je ne peux pas me connecter depuis hier.")
    [letter] = received()
    link = path(letter, FOLLOWED)
    Client().post(link + "confirmation/")
    one.refresh_from_db()
    assert one.proof == Proof.MAILBOX
    return one, link


def test_nothing_of_a_ticket_goes_to_a_mailbox_that_another_reads():
    someone = discreet(account(email="camille@example.org"))
    one = ticket(someone, message="Mon mari lit mes messages, que faire ?")
    answered(one, agent())
    continuing.ask_for_link(one.reference, address="192.0.2.7", at=timezone.now())
    assert someone.email not in addresses()


def test_what_goes_to_who_is_discreet_has_a_subject_that_says_nothing():
    someone = account(email="camille@example.org")
    choosing_channels.be_discreet(someone, email_is_shared=False, phone_is_shared=False, device="", at=timezone.now())
    ticket(someone)
    [letter] = received()
    assert letter.subject == "Un message vous attend"


@pytest.mark.parametrize("reply_to", ["", "amie@example.net"])
def test_nor_when_they_call_for_help_without_signing_in(reply_to):
    someone = discreet(account(email="camille@example.org"))
    ticket(identifier=someone.email, email=reply_to)
    assert addresses() == ({reply_to} if reply_to else set())


def test_the_mailbox_that_was_left_reads_the_ticket_no_more(client):
    someone = account(email="ancienne@example.org")
    one, link = proved(someone)
    assert client.get(link).status_code == 200
    someone.email = "camille@example.org"
    someone.save()
    assert client.get(link).status_code == 410
    assert client.post(link + "reglee/").status_code == 404
    assert call(client, to=link, key=form_key(client), message="C’est moi.").status_code == 410
    assert one.messages.count() == 1


def test_a_link_sent_before_discreet_mode_opens_nothing_after(client):
    someone = account(email="camille@example.org")
    _one, link = proved(someone)
    discreet(someone)
    assert client.get(link).status_code == 410


def at_the_desk() -> Client:
    client = Client()
    client.force_login(agent())
    return client


def read_lines(someone) -> int:
    return Line.objects.filter(account=someone.public_id, kind="support.read").count()


def test_an_agent_who_sends_an_empty_form_has_read_the_ticket_and_its_owner_knows():
    camille = couple().holder
    one = ticket(camille)
    page = at_the_desk().post(f"/gestion/assistance/{one.public_id}/reponse/", {})
    assert "L’attestation ne s’ouvre pas." in shown(page)
    assert read_lines(camille) == 1


def test_an_agent_who_opens_a_file_alone_has_read_the_ticket():
    camille = couple().holder
    inside = entered(camille)
    photo = SimpleUploadedFile("ecran.jpg", samples.photo(), content_type="image/jpeg")
    call(inside, username="", message="La page revient sans rien dire.", files=photo)
    one = camille.tickets.get()
    message = one.messages.get()
    assert at_the_desk().get(f"/gestion/assistance/{one.public_id}/{message.public_id}/fichiers/1/").status_code == 200
    assert read_lines(camille) == 1
