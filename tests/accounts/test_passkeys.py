"""What a passkey must be to open an account: of this account, of this address, its owner's, used once."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.accounts.factories import account, sign_in
from tests.accounts.keys import PRESENT, Key, fields
from tests.accounts.steps import with_totp
from xpassfam.accounts.models import Passkey, Session

pytestmark = pytest.mark.django_db
STEP = "/connexion/deuxieme-etape/"


@pytest.fixture
def key():
    return Key(account())


def asked(client, *, step=False) -> dict:
    return client.post("/connexion/cle/defi/" + ("?etape" if step else "")).json()


def enter(client, key, **lies):
    challenge = asked(client)
    return client.post("/connexion/cle/", fields(challenge, key.sign(challenge, **lies)))


def is_in(client) -> bool:
    return client.get("/mon-compte/securite/").status_code == 200


def test_a_key_that_recognised_its_owner_opens_the_account_by_itself(client, key):
    assert enter(client, key).headers["Location"] == "/mon-compte/"
    assert is_in(client)
    assert Session.objects.get().method == "passkey"


def test_a_key_answers_the_second_step(client, key):
    assert sign_in(client, key.account.email).headers["Location"] == STEP
    challenge = asked(client, step=True)
    done = client.post(STEP + "?methode=passkey", fields(challenge, key.sign(challenge)))
    assert done.headers["Location"] == "/mon-compte/"


LIES = {
    "nobody was recognised": {"flags": PRESENT},
    "nobody was there": {"flags": 0},
    "a false address": {"origin": "https://mon-compte.example.net"},
    "another port of the same machine": {"origin": "http://localhost:9999"},
    "a false host": {"host": "mon-compte.example.net"},
    "somebody else's name": {"handle": "another-account"},
    "made for adding a key": {"kind": "webauthn.create"},
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_key_that_lies_opens_nothing(client, key, lie):
    assert enter(client, key, **lie).status_code == 200
    assert not Session.objects.exists()


def test_a_key_whose_counter_went_back_was_copied_and_opens_nothing(client):
    key = Key(account(), counter=40)
    for counter in (40, 39, 1, 0):
        assert enter(client, key, counter=counter).status_code == 200
    assert not Session.objects.exists()
    assert enter(client, key, counter=41).status_code == 302


def test_a_key_that_counts_nothing_is_taken_as_many_times_as_one_likes(client, key):
    for _ in range(3):
        assert enter(client, key, counter=0).status_code == 302
        client.post("/deconnexion/")


def test_another_s_key_does_not_answer_my_second_step(client, key):
    me = account()
    Key(me)
    sign_in(client, me.email)
    challenge = asked(client, step=True)
    page = client.post(STEP + "?methode=passkey", fields(challenge, key.sign(challenge)))
    assert page.status_code == 200
    assert not Session.objects.exists()


def test_what_was_asked_of_one_account_is_not_signed_for_another(client, key):
    other = Key(account())
    sign_in(client, other.account.email)
    challenge = asked(client, step=True)
    stranger = Client()
    sign_in(stranger, key.account.email)
    stranger.post(STEP + "?methode=passkey", fields(challenge, key.sign(challenge)))
    stranger.post("/connexion/cle/", fields(challenge, key.sign(challenge)))
    assert not Session.objects.exists()


def test_a_challenge_serves_once_and_for_five_minutes(client, key, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    challenge = asked(client)
    answer = fields(challenge, key.sign(challenge))
    assert client.post("/connexion/cle/", answer).status_code == 302
    client.post("/deconnexion/")
    assert client.post("/connexion/cle/", answer).status_code == 200
    late = asked(client)
    time_machine.shift(timedelta(minutes=5, seconds=1))
    assert client.post("/connexion/cle/", fields(late, key.sign(late))).status_code == 200
    assert not is_in(client)


def test_a_key_taken_off_the_list_opens_nothing(client, key):
    Passkey.objects.all().delete()
    assert enter(client, key).status_code == 200
    assert not Session.objects.exists()


@pytest.mark.parametrize("state", ["blocked_at", "closed_at"])
def test_a_key_opens_no_account_that_is_blocked_or_closed(client, state):
    assert enter(client, Key(account(**{state: timezone.now()}))).status_code == 200
    assert not Session.objects.exists()


@pytest.mark.parametrize("told", ["", "{", "[]", "{}", '{"id": 7, "rawId": "x", "response": {}}', '"x"', "é" * 50])
def test_what_is_no_answer_of_a_key_is_refused_in_words(client, key, told):
    challenge = asked(client)
    typed = {"challenge_token": challenge["challenge_token"], "credential": told}
    page = client.post("/connexion/cle/", typed)
    assert page.status_code == 200
    assert "Cette clé n’a pas ouvert de compte" in page.content.decode()


def test_an_answer_whose_parts_are_cut_is_refused_in_words(client, key):
    for part in ("clientDataJSON", "authenticatorData", "signature", "userHandle"):
        for cut in ("", "AA", "%%%", None, 7, ["x"]):
            challenge = asked(client)
            answer = key.sign(challenge)
            answer["response"][part] = cut
            page = client.post("/connexion/cle/", fields(challenge, answer))
            assert page.status_code in (200, 302), (part, cut)
            if part != "userHandle":
                assert not is_in(client), (part, cut)


def test_the_portal_s_own_address_is_signed_for_whatever_host_is_asked(client, key):
    challenge = client.post("/connexion/cle/defi/", headers={"host": "127.0.0.1"}).json()
    assert challenge["publicKey"]["rpId"] == "localhost"


def test_a_challenge_names_the_keys_of_no_account_before_the_password(client, key):
    with_totp(key.account)
    text = json.dumps(asked(client))
    assert key.row.credential_id not in text
    assert not asked(client)["publicKey"].get("allowCredentials")


def test_staff_enter_the_office_by_a_key(client):
    key = Key(account(role="agent"))
    assert enter(client, key).headers["Location"] == "/gestion/"
    assert client.get("/gestion/").status_code == 200
