"""« Quelle adresse ? »: the hint goes where we know its owner, and nowhere else."""

import pytest
from django.utils import timezone

from tests.accounts.factories import account, adult
from tests.accounts.mailbox import html, received
from tests.people.factories import person
from xpassfam.accounts.actions import choosing_channels
from xpassfam.accounts.models import Account, ContactChoices
from xpassfam.journal.models import Line
from xpassfam.outbox.models import Message
from xpassfam.rules import masking

pytestmark = pytest.mark.django_db
NUMBER = "ESF-2019-004812-K"


def ask(client, typed):
    page = client.post("/connexion/adresse/", {"username": typed})
    assert "Regardez chacune de vos boîtes" in page.content.decode()
    return {letter.to[0]: letter for letter in received()}


@pytest.fixture
def camille():
    return account(adult(member_number=NUMBER, email="ancienne@example.net"), email="camille.martin@example.org")


def test_the_number_leads_to_both_mailboxes_one_with_the_hint(client, camille):
    letters = ask(client, NUMBER.lower())
    assert set(letters) == {"camille.martin@example.org", "ancienne@example.net"}
    assert "C’est celle-ci" in letters["camille.martin@example.org"].body
    other = letters["ancienne@example.net"]
    for text in (other.body, html(other)):
        assert "c•••n@example.org" in text
        assert "camille.martin@example.org" not in text


def test_the_register_s_address_leads_to_the_account_of_its_person(client, camille):
    letters = ask(client, "Ancienne@example.net")
    assert set(letters) == {"camille.martin@example.org", "ancienne@example.net"}


def test_a_verified_telephone_gets_the_hint_too_once_a_day(client, camille):
    Account.objects.filter(pk=camille.pk).update(phone="+33639981234", phone_verified_at=timezone.now())
    ask(client, NUMBER)
    ask(client, NUMBER)
    [text] = Message.objects.filter(channel="sms")
    assert text.to == "+33639981234"
    assert "c***n@example.org" in text.text
    assert "camille.martin@example.org" not in text.text


def test_a_telephone_that_nobody_proved_gets_nothing(client, camille):
    Account.objects.filter(pk=camille.pk).update(phone="+33639981234")
    ask(client, NUMBER)
    assert not Message.objects.filter(channel="sms").exists()


def test_in_discreet_mode_the_hint_goes_to_unshared_channels_only(client, camille):
    Account.objects.filter(pk=camille.pk).update(phone="+33639981234", phone_verified_at=timezone.now())
    ContactChoices.objects.create(account=camille, is_discreet=True, email_is_shared=True)
    assert ask(client, NUMBER) == {}
    [text] = Message.objects.filter(channel="sms")
    assert text.text.startswith("L'adresse que vous cherchez")
    assert "c***n@example.org" in text.text


def test_an_address_shared_in_the_register_tells_one_nothing_of_the_other(client, camille):
    person("Karim Martin", email="ancienne@example.net")
    assert set(ask(client, NUMBER)) == {"camille.martin@example.org"}
    letters = ask(client, "ancienne@example.net")
    assert "c•••n" not in letters["ancienne@example.net"].body


def test_the_register_s_address_that_is_another_account_s_gets_no_hint(client, camille):
    account(adult("Karim Martin"), email="ancienne@example.net")
    assert set(ask(client, NUMBER)) == {"camille.martin@example.org"}


def test_an_unknown_address_is_told_so_and_an_unknown_number_nothing(client):
    [letter] = ask(client, "personne@example.org").values()
    assert "Ce n’est pas celle-ci" in letter.body
    assert ask(client, "ESF-2019-000001-A") == {}


def test_a_closed_account_is_as_unknown(client):
    account(adult(member_number=NUMBER), email="camille.martin@example.org", closed_at=timezone.now())
    assert ask(client, NUMBER) == {}


def test_the_page_never_says_an_address(client, camille):
    page = client.post("/connexion/adresse/", {"username": NUMBER}).content.decode()
    assert "example.org" not in page.partition('<footer class="foot">')[0].replace("camille.martin@example.org ou", "")


def test_asking_again_and_again_fills_no_mailbox(client, camille):
    for _ in range(8):
        client.post("/connexion/adresse/", {"username": NUMBER})
        received()
    assert Message.objects.filter(to="camille.martin@example.org").count() == 3


def test_the_owner_s_history_says_that_somebody_asked(client, camille):
    ask(client, NUMBER)
    line = Line.objects.get(kind="accounts.address_reminded")
    assert (line.actor_kind, line.account) == ("visitor", camille.public_id)


def test_what_can_be_no_identifier_comes_back_to_be_mended(client):
    page = client.post("/connexion/adresse/", {"username": "camille@"}).content.decode()
    assert 'value="camille@"' in page
    assert "Cette adresse n’est pas complète" in page


@pytest.mark.parametrize(
    ("email", "masked"),
    [("camille@example.org", "c•••e@example.org"), ("ab@x.fr", "a•••@x.fr"), ("a@x.fr", "a•••@x.fr")],
)
def test_a_hint_is_known_again_by_its_owner(email, masked):
    assert masking.email(email) == masked


def test_who_is_discreet_is_told_in_no_mailbox_of_before(client, camille):
    """Whoever reads the old mailbox asks, with the number, for a hint of the new one."""
    choosing_channels.be_discreet(camille, email_is_shared=False, phone_is_shared=False, device="", at=timezone.now())
    assert set(ask(client, NUMBER)) == {"camille.martin@example.org"}
    assert set(ask(client, "ancienne@example.net")) == {"camille.martin@example.org"}
