"""Who is asked a second step, and when it is asked again."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests.accounts.factories import PASSWORD, account, sign_in
from tests.accounts.first_step import FIRST, STEP, turn_on
from tests.accounts.steps import answer, code_of_last_mail, enter, is_in, with_totp
from xpassfam.accounts.models import PasswordReset
from xpassfam.accounts.sessions import IS_STRONG
from xpassfam.organisation.models import Organisation
from xpassfam.outbox.models import Message

pytestmark = pytest.mark.django_db


def test_staff_turn_on_a_strong_step_before_their_first_page(client):
    nadia = account(role="agent")
    there = client.post("/connexion/", {"username": nadia.email, "password": PASSWORD})
    assert there.headers["Location"] == FIRST
    assert client.get("/gestion/").status_code == 302
    done = turn_on(client)
    assert done.headers["Location"] == "/gestion/"
    assert client.get("/gestion/").status_code == 200
    client.post("/deconnexion/")
    assert sign_in(client, nadia.email).headers["Location"] == STEP


def test_staff_answer_by_nothing_weaker(client):
    nadia = account(role="agent", second_step_email=True)
    with_totp(nadia)
    sign_in(client, nadia.email)
    client.post(STEP + "envoi/", {"methode": "email"})
    assert not Message.objects.filter(template="accounts/mail/step_code").exists()


def test_a_staff_session_of_before_the_second_step_opens_no_page(client):
    nadia = account(role="agent")
    client.force_login(nadia)
    session = client.session
    session[IS_STRONG] = False
    session.save()
    assert client.get("/gestion/").headers["Location"] == "/connexion/?next=/gestion/"
    assert client.get("/admin/").status_code == 302


def test_what_is_grave_asks_for_the_second_step_again(client):
    someone = account()
    application = with_totp(someone)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        enter(client, someone, application, trust="on")
        clock.shift(timedelta(minutes=11))
        asked = client.get("/mon-compte/securite/codes-de-secours/")
        assert asked.headers["Location"].startswith("/connexion/confirmer/")
        typed = {"password": PASSWORD, "next": "/mon-compte/securite/codes-de-secours/"}
        assert client.post("/connexion/confirmer/", typed).headers["Location"] == STEP
        assert client.get("/mon-compte/securite/codes-de-secours/").status_code == 302
        back = answer(client, application.now())
        assert back.headers["Location"] == "/mon-compte/securite/codes-de-secours/"
        assert client.get("/mon-compte/securite/codes-de-secours/").status_code == 200


def test_a_proof_asked_in_one_session_serves_no_other(client):
    someone = account()
    application = with_totp(someone)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        enter(client, someone, application)
        clock.shift(timedelta(minutes=11))
        client.post("/connexion/confirmer/", {"password": PASSWORD, "next": "/mon-compte/"})
        stranger = Client()
        stranger.cookies["step"] = client.cookies["step"].value
        answer(stranger, application.now())
        assert not is_in(stranger)


@pytest.mark.parametrize(
    ("policy", "own", "asked"),
    [
        ("off", "", False),
        ("offered", "", False),
        ("offered", "required", True),
        ("required", "", True),
        ("required", "offered", False),
        ("condition", "", True),
    ],
)
def test_the_organisation_asks_of_all_or_of_one_account(client, policy, own, asked):
    Organisation.objects.update_or_create(defaults={"second_step": policy})
    someone = account(second_step_policy=own)
    assert (sign_in(client, someone.email).headers["Location"] == STEP) is asked


def test_on_condition_a_known_device_is_not_asked_but_after_a_new_password(client):
    Organisation.objects.update_or_create(defaults={"second_step": "condition"})
    someone = account()
    sign_in(client, someone.email)
    answer(client, code_of_last_mail())
    client.post("/deconnexion/")
    assert sign_in(client, someone.email).headers["Location"] == "/mon-compte/"
    client.post("/deconnexion/")
    PasswordReset.objects.create(
        account=someone,
        identifier_digest="x",
        digest="y",
        created_at=timezone.now(),
        expires_at=timezone.now(),
        used_at=timezone.now(),
    )
    assert sign_in(client, someone.email).headers["Location"] == STEP
