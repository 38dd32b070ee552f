"""Somebody who had a moment of the account: its password, its mailbox, its computer. How little stays theirs."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.accounts.factories import PASSWORD, account, sign_in
from tests.accounts.first_step import FIRST
from tests.accounts.keys import Key, fields
from tests.accounts.mailbox import path, received
from tests.accounts.steps import answer, enter, with_totp
from xpassfam.accounts.actions import contesting
from xpassfam.accounts.freezing import frozen_until
from xpassfam.accounts.models import Account, Contestation, Passkey, RecoveryCode, TotpKey
from xpassfam.outbox.models import Message

pytestmark = pytest.mark.django_db
START = datetime.fromisoformat("2027-01-11T08:00:00+00:00")
NOT_ME = "/ce-n-etait-pas-moi/"
NEW = "canot-brume-tuile-41"
TOTP = "/mon-compte/securite/application/"
CODES = "/mon-compte/securite/codes-de-secours/"
DAYS = timedelta(days=1)


@pytest.fixture
def someone(time_machine):
    time_machine.move_to(START, tick=False)
    return account(email="camille@example.org")


def give_password(client: Client, staff: Account):
    """And nothing more."""
    return client.post("/connexion/", {"username": staff.email, "password": PASSWORD})


def known(someone) -> Client:
    """The owner's own computer."""
    client = Client()
    sign_in(client, someone.email)
    received()
    return client


def link_of_new_device(someone, key: Key | None = None) -> str:
    """Somebody signs in elsewhere; the owner is told, with a link."""
    by_key(key) if key else sign_in(Client(), someone.email)
    [letter] = [one for one in received() if NOT_ME in one.body]
    return path(letter, NOT_ME)


def by_key(key: Key):
    client = Client()
    asked = client.post("/connexion/cle/defi/").json()
    return client.post("/connexion/cle/", fields(asked, key.sign(asked)))


def new_password(client, letter):
    return client.post(path(letter, "/mot-de-passe/nouveau/"), {"new_password": NEW})


def test_a_password_chosen_after_not_me_waits_three_days_as_any_other(someone, time_machine, client):
    known(someone)
    client.post(link_of_new_device(someone))
    received()
    time_machine.shift(3 * DAYS)
    client.post("/mot-de-passe/oublie/", {"username": someone.email})
    [letter] = received()
    assert new_password(client, letter).status_code == 302
    assert frozen_until(someone, timezone.now()) == START + 6 * DAYS


def test_a_key_added_by_whoever_was_disowned_opens_the_account_no_more(someone, time_machine, client):
    known(someone)
    link = link_of_new_device(someone)
    time_machine.shift(60)
    theirs = Key(someone)
    assert by_key(theirs).status_code == 302
    client.post(link)
    assert by_key(theirs).status_code == 200
    [letter] = [one for one in received() if "/mot-de-passe/nouveau/" in one.body]
    new_password(client, letter)
    assert by_key(theirs).status_code == 200


def test_a_key_added_shortly_before_what_was_disowned_opens_nothing_either(someone, time_machine, client):
    known(someone)
    theirs = Key(someone)
    time_machine.shift(2 * DAYS)
    client.post(link_of_new_device(someone, theirs))
    assert by_key(theirs).status_code == 200


def test_a_key_that_the_owner_has_had_for_long_still_opens(someone, time_machine, client):
    known(someone)
    own = Key(someone)
    time_machine.shift(15 * DAYS)
    client.post(link_of_new_device(someone, own))
    assert by_key(own).status_code == 302


def test_a_key_put_aside_still_stands_between_the_mailbox_and_the_account(someone, client):
    known(someone)
    client.post(link_of_new_device(someone, Key(someone)))
    [letter] = [one for one in received() if "/mot-de-passe/nouveau/" in one.body]
    new_password(client, letter)
    assert sign_in(client, someone.email, NEW).headers["Location"] == "/connexion/deuxieme-etape/"
    assert Passkey.objects.filter(account=someone).exists()


def test_the_key_opens_again_once_an_agent_has_settled_it(someone, client):
    known(someone)
    own = Key(someone)
    client.post(link_of_new_device(someone, own))
    agent = account(role="agent", email="nadia@agents.example.org")
    contesting.close(Contestation.objects.get(), answer="C’était bien vous.", by=agent, at=timezone.now())
    assert by_key(own).status_code == 302


def test_a_trusted_computer_and_the_password_change_nothing_grave(someone, time_machine):
    """At home, the ex-partner knows the password; the telephone with the codes is its owner's."""
    application = with_totp(someone)
    computer = Client()
    enter(computer, someone, application, trust="on")
    computer.post("/deconnexion/")
    time_machine.shift(DAYS)
    assert sign_in(computer, someone.email).headers["Location"] == "/mon-compte/"
    assert computer.get("/mon-compte/").status_code == 200
    assert computer.get("/mon-compte/securite/retirer/totp/").headers["Location"].startswith("/connexion/confirmer/")
    computer.post("/mon-compte/securite/retirer/totp/")
    assert TotpKey.objects.filter(account=someone).exists()
    computer.post("/connexion/confirmer/", {"password": PASSWORD})
    assert answer(computer, application.now()).status_code == 302
    assert computer.get("/mon-compte/securite/retirer/totp/").status_code == 200


def test_new_recovery_codes_are_told_wherever_their_owner_is_known(someone, client):
    someone.phone, someone.phone_verified_at = "+33639980012", timezone.now()
    someone.save()
    sign_in(client, someone.email)
    received()
    Message.objects.all().delete()
    client.post(CODES)
    assert RecoveryCode.objects.filter(account=someone).count() == 10
    [letter] = received()
    assert letter.to == [someone.email]
    assert "codes de secours" in letter.subject.lower()
    assert path(letter, NOT_ME)
    assert Message.objects.filter(channel="sms", to="+33639980012").exists()


def test_who_had_staff_s_password_first_replaces_no_second_step_made_since(someone):
    staff = account(role="agent", email="nadia@agents.example.org")
    thief = Client()
    assert give_password(thief, staff).headers["Location"] == FIRST
    assert thief.get("/connexion/deuxieme-etape/activer/").status_code == 200
    application = with_totp(staff)
    assert thief.get("/connexion/deuxieme-etape/activer/").headers["Location"] == "/connexion/"
    assert thief.post("/connexion/deuxieme-etape/activer/defi/").status_code == 410
    assert enter(Client(), staff, application).headers["Location"] == "/gestion/"


def test_a_way_that_does_not_exist_is_no_page(someone, client):
    sign_in(client, someone.email)
    assert client.post("/mon-compte/securite/activer/pigeon/").status_code == 404


def test_no_code_is_sent_to_staff_who_have_nothing_yet():
    staff = account(role="agent", email="nadia@agents.example.org")
    thief = Client()
    give_password(thief, staff)
    assert thief.post("/connexion/deuxieme-etape/envoi/").headers["Location"] == FIRST


def test_an_administrator_moves_no_agent_s_address_without_the_agent_and_the_others_knowing(client):
    thierry = account(role="administrator", email="thierry@example.org")
    account(role="administrator", email="ines@example.org")
    nadia = account(role="agent", email="nadia@example.org")
    client.force_login(thierry)
    typed = {"email": "thierry.bis@example.org", "first_name": "Nadia", "last_name": "Petit", "role": "agent"}
    client.post(f"/admin/accounts/account/{nadia.pk}/change/", typed)
    nadia.refresh_from_db()
    assert nadia.email == "thierry.bis@example.org"
    told = {letter.to[0]: letter.body for letter in received()}
    assert set(told) == {"nadia@example.org", "thierry.bis@example.org", "thierry@example.org", "ines@example.org"}
    assert "a changé l’adresse de connexion de Nadia Petit" in told["nadia@example.org"]


def test_other_changes_of_staff_are_told_to_nobody(client):
    client.force_login(account(role="administrator", email="thierry@example.org"))
    nadia = account(role="agent", email="nadia@example.org")
    typed = {"email": nadia.email, "first_name": "Nadia", "last_name": "Petit", "role": "agent"}
    client.post(f"/admin/accounts/account/{nadia.pk}/change/", typed)
    assert received() == []
