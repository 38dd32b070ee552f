"""« Ce n’était pas moi », from the notice, without signing in."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.accounts.factories import PASSWORD, account, sign_in
from tests.accounts.mailbox import path, received
from xpassfam.accounts import freezing, telling
from xpassfam.accounts import history as said
from xpassfam.accounts.actions import contesting
from xpassfam.accounts.models import Alert, Contestation, KnownDevice, PasswordReset, Session
from xpassfam.jobs.worker import drain
from xpassfam.journal.models import Line
from xpassfam.journal.reading import sentence
from xpassfam.organisation.models import Organisation
from xpassfam.outbox.models import Message
from xpassfam.rules import masking

pytestmark = pytest.mark.django_db
START = "/ce-n-etait-pas-moi/"


@pytest.fixture
def someone():
    return account(phone="+33639980012", phone_verified_at=timezone.now())


@pytest.fixture
def thief(someone):
    """A second device, that the owner does not know of."""
    sign_in(Client(), someone.email)
    received()
    thief = Client(headers={"User-Agent": "Mozilla/5.0 (Linux; Android 14) Chrome/130.0"})
    sign_in(thief, someone.email)
    return thief


def link(someone) -> str:
    [letter] = [letter for letter in received() if letter.to == [someone.email]]
    return path(letter, START)


def test_a_new_device_is_told_by_mail_and_by_sms_each_with_the_link(someone, thief):
    address = link(someone)
    [text] = Message.objects.filter(channel="sms")
    assert text.to == "+33639980012"
    assert address in text.text
    assert "Camille" not in text.text


def test_opening_the_link_changes_nothing(someone, thief, client):
    address = link(someone)
    for look in (client.get, client.head, client.get):
        assert look(address).status_code == 200
    assert thief.get("/mon-compte/").status_code == 200
    assert not Contestation.objects.exists()
    assert Alert.objects.filter(used_at=None).count() == Alert.objects.count()


def test_the_page_says_what_happened_and_goes_to_nobody(someone, thief, client):
    page = client.get(link(someone))
    text = page.content.decode()
    assert "Connexion depuis un nouvel appareil" in text
    assert "pendant 72" in text
    assert masking.email(someone.email) in text
    assert someone.email not in text
    assert page.headers["Referrer-Policy"] == "strict-origin"


def test_the_button_ends_every_session_and_forgets_every_device(someone, thief, client):
    address = link(someone)
    assert client.post(address).headers["Location"] == address
    assert thief.get("/mon-compte/").status_code == 302
    assert not Session.objects.filter(account=someone).exists()
    assert not KnownDevice.objects.filter(account=someone).exists()
    assert "Votre compte est protégé" in client.get(address).content.decode()


def test_the_password_of_before_opens_nothing_and_a_link_to_the_mailbox_does(someone, thief, client):
    client.post(link(someone))
    assert "Location" not in sign_in(Client(), someone.email).headers
    [letter] = [letter for letter in received() if "mot-de-passe/nouveau" in letter.body]
    assert letter.to == [someone.email]
    new = "tambour-lavande-girafe-9"
    client.post(path(letter, "/mot-de-passe/nouveau/"), {"new_password": new})
    assert sign_in(Client(), someone.email, new).headers["Location"] == "/mon-compte/"


def test_nothing_grave_changes_for_three_days(someone, thief, client):
    now = timezone.now()
    client.post(link(someone))
    until = freezing.frozen_until(someone, now + timedelta(minutes=1))
    assert timedelta(hours=71) < until - now < timedelta(hours=73)


def test_an_agent_finds_it_with_the_line_of_the_history(someone, thief, client):
    Organisation(name="Club", support_email="aide@example.org").save()
    client.post(link(someone))
    contestation = Contestation.objects.get()
    line = Line.objects.get(kind="accounts.signed_in_anew")
    assert contestation.line == line.hash
    assert contestation.what == sentence(line)
    assert contestation.line_device == "Chrome, Android"
    assert [letter.to for letter in received() if "signalement" in letter.subject] == [["aide@example.org"]]
    assert Line.objects.filter(kind="accounts.disowned", actor_kind="visitor").count() == 1


def agent_reads(contestation) -> str:
    client = Client()
    client.force_login(account(role="agent", email="nadia@organisation.example"))
    page = client.get(f"/gestion/securite/{contestation.public_id}/").content.decode()
    return page.replace("\u00a0", " ")


def test_the_agent_reads_the_act_its_device_and_that_a_message_s_link_said_it(someone, thief):
    elsewhere = Client(headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0"})
    elsewhere.post(link(someone))
    page = agent_reads(Contestation.objects.get())
    assert "Connexion depuis un nouvel appareil : Chrome, Android." in page
    assert "<dd>Chrome, Android</dd>" in page
    assert "<dd>Firefox, Linux</dd>" in page
    assert "Par le lien d’un message, sans connexion" in page
    assert "Tous les appareils ont été déconnectés" in page


def test_of_a_line_of_the_history_no_message_is_said(someone, client):
    sign_in(client, someone.email)
    line = Line.objects.filter(account=someone.public_id).latest("pk")
    made = contesting.contest(someone, line, keep=None, device="", at=timezone.now())
    page = agent_reads(made)
    assert "Par le lien d’un message" not in page
    assert "Depuis l’historique, en étant connecté" in page


def test_the_link_acts_once(someone, thief, client):
    address = link(someone)
    client.post(address)
    used_at = Alert.objects.exclude(used_at=None).get().used_at
    client.post(address)
    assert Alert.objects.exclude(used_at=None).get().used_at == used_at
    assert PasswordReset.objects.filter(account=someone).count() == 1
    assert Contestation.objects.count() == 1


def test_after_fourteen_days_the_link_is_over(someone, thief, client):
    address = link(someone)
    Alert.objects.update(expires_at=timezone.now())
    assert client.get(address).status_code == 410
    assert client.post(address).status_code == 410
    assert thief.get("/mon-compte/").status_code == 200


def test_a_link_that_was_cut_says_so(client):
    page = client.get(f"{START}inconnu/")
    assert page.status_code == 410
    assert "pas complet" in page.content.decode()


def test_only_a_digest_of_the_link_is_kept(someone, thief):
    token = link(someone).removeprefix(START).rstrip("/")
    assert not Alert.objects.filter(digest=token).exists()
    assert Message.objects.filter(state="sent", context={}).count() == Message.objects.count()


@pytest.mark.parametrize("way", ["password", "reset"])
def test_a_new_password_is_told_with_the_link(someone, client, way):
    if way == "password":
        sign_in(client, someone.email)
        received()
        client.post(
            "/mon-compte/securite/mot-de-passe/",
            {"current_password": PASSWORD, "new_password": "tambour-lavande-girafe-9"},
        )
    else:
        client.post("/mot-de-passe/oublie/", {"username": someone.email})
        client.post(path(received()[0], "/mot-de-passe/nouveau/"), {"new_password": "tambour-lavande-girafe-9"})
    assert START in link(someone)
    assert Message.objects.filter(template="accounts/sms/password_changed").count() == 1


def test_a_staff_account_is_told_too(client):
    agent = account(role="agent")
    telling.alert(
        agent, "password_changed", about=said.PASSWORD_CHANGED, at=timezone.now(), changed_at=timezone.now().isoformat()
    )
    client.post(path(received()[0], START))
    drain()
    assert Contestation.objects.filter(account=agent).count() == 1
