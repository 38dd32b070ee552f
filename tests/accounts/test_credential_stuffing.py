"""Passwords that leaked elsewhere, tried here from everywhere at once: what happened to family allowances in 2024."""

import pytest
from django.test import Client

from tests.accounts.factories import PASSWORD, account, sign_in
from tests.accounts.mailbox import received
from xpassfam.accounts.models import KnownDevice, PendingSignIn, Session
from xpassfam.organisation.models import Organisation
from xpassfam.outbox.models import Message

pytestmark = pytest.mark.django_db
ACCOUNTS, ADDRESSES, ATTEMPTS = 100, 50, 200
ORDINARY = 60


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to("2026-11-23 14:00:01Z", tick=False)


@pytest.fixture
def victims():
    """One in ten uses here a password that leaked elsewhere."""
    return [account(password=PASSWORD if turn % 10 == 0 else f"un-autre-{turn}") for turn in range(ACCOUNTS)]


def stuff(victims):
    """Each account twice, and each address four times: every one of them is within its own limits."""
    answers = []
    for turn in range(ATTEMPTS):
        client = Client(REMOTE_ADDR=f"198.51.100.{turn % ADDRESSES}")
        victim = victims[turn % ACCOUNTS]
        password = PASSWORD if turn < ACCOUNTS else "azerty-leaked-2019"
        answers.append(sign_in(client, victim.email, password))
    return answers


def test_where_a_new_device_is_asked_for_a_code_a_leaked_password_opens_nothing(victims):
    Organisation.objects.update_or_create(defaults={"second_step": "condition"})
    answers = stuff(victims)
    assert not Session.objects.exists()
    assert not KnownDevice.objects.exists()
    assert {response.status_code for response in answers} == {200, 302, 429}
    # Those whose password is known elsewhere learn of it: the code that they did not ask for.
    told = set(Message.objects.filter(template="accounts/mail/step_code").values_list("to", flat=True))
    assert told == {pending.account.email for pending in PendingSignIn.objects.select_related("account")}
    assert told <= {victim.email for victim in victims[::10]}


def test_of_two_hundred_in_a_minute_sixty_wrong_ones_are_looked_at(victims, hashing_work):
    Organisation.objects.update_or_create(defaults={"second_step": "condition"})
    hashing_work.clear()
    answers = stuff(victims)
    right = sum(response.status_code == 302 for response in answers)
    assert hashing_work["verify"] == ORDINARY + right
    assert sum(response.status_code == 429 for response in answers) == ATTEMPTS - ORDINARY - right


def test_the_organisation_is_told_of_the_wave(victims):
    contact = "securite@estuaire.example"
    Organisation.objects.update_or_create(defaults={"second_step": "condition", "security_email": contact})
    stuff(victims)
    assert len([letter for letter in received() if letter.to == [contact]]) == 1


def test_owners_enter_on_their_own_devices_meanwhile(victims):
    owners = []
    for victim in victims[:3]:
        owners.append(Client(REMOTE_ADDR="198.51.100.7"))
        assert sign_in(
            owners[-1], victim.email, PASSWORD if victim is victims[0] else f"un-autre-{victims.index(victim)}"
        )
        owners[-1].post("/deconnexion/")
    stuff(victims)
    for turn, owner in enumerate(owners):
        password = PASSWORD if turn == 0 else f"un-autre-{turn}"
        assert sign_in(owner, victims[turn].email, password).status_code == 302
