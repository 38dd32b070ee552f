"""« Ce n’est pas moi »: a line of one's own is contested; an agent deals with it."""

import html

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from tests.accounts.factories import account, sign_in
from tests.dashboard.history import ADDRESS, note, page
from xpassfam.accounts.actions import contesting
from xpassfam.accounts.models import Contestation, Session
from xpassfam.journal.models import Line
from xpassfam.journal.pages import Key
from xpassfam.organisation.models import Organisation
from xpassfam.outbox.models import Message

pytestmark = pytest.mark.django_db
LIST = "/gestion/securite/"


def contest(client, line):
    return client.post(ADDRESS + "contestation/", {"ligne": str(Key.of(line))})


def read(client, address):
    response = client.get(address, follow=True)
    assert response.status_code == 200
    return html.unescape(response.content.decode()).replace("\u00a0", " ")


@pytest.fixture
def thief(camille):
    """Somebody who has her password, on another device."""
    client = Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 15) Chrome/140.0"})
    sign_in(client, "camille@example.org")
    return client


@pytest.fixture
def theft(as_camille, thief):
    """What the thief's sign-in left in her history."""
    return Line.objects.get(kind="accounts.signed_in_anew")


@pytest.fixture
def nadia():
    return account(email="nadia@example.org", role="agent")


@pytest.fixture
def as_nadia(nadia):
    client = Client()
    client.force_login(nadia)
    return client


def test_a_sign_in_from_a_new_device_stands_out(as_camille, theft):
    shown = page(as_camille)
    assert 'class="hot"' in shown
    assert "nouvel appareil\u00a0: Chrome, Android." in shown


def test_the_sign_in_of_this_very_session_is_not_to_be_reported(as_camille, camille):
    shown = page(as_camille)
    assert "Cet appareil, en ce moment" in shown
    assert "Ce n’est pas moi" not in shown
    assert contest(as_camille, Line.objects.get(kind="accounts.signed_in")).status_code == 404


def test_it_ends_the_other_sessions_tells_the_organisation_and_is_written(as_camille, thief, theft):
    Organisation(support_email="aide@example.org").save()
    assert contest(as_camille, theft).headers["Location"].endswith("/mot-de-passe/")
    assert Session.objects.count() == 1
    assert thief.get("/mon-compte/").status_code == 302
    assert Message.objects.get(to="aide@example.org").context["path"].startswith(LIST)
    written = Line.objects.latest("id")
    assert (written.kind, written.audience) == ("accounts.sign_in_contested", "self")
    assert "« Ce n’est pas moi »" in read(as_camille, ADDRESS)


def test_what_is_contested_shows_it_and_is_contested_once(as_camille, theft):
    contest(as_camille, theft)
    assert "Signalée par vous" in read(as_camille, ADDRESS)
    assert contest(as_camille, theft).status_code == 302
    assert Contestation.objects.count() == 1


def test_the_same_line_twice_at_once_is_one_contestation(camille, theft):
    for _ in range(2):
        contesting.contest(camille, theft, keep=None, device="", at=timezone.now())
    assert Contestation.objects.count() == 1
    assert Line.objects.filter(kind="accounts.sign_in_contested").count() == 1


def test_only_what_was_done_in_one_s_own_name_can_be_contested(as_camille, camille, theft):
    other = account(email="karim@example.org")
    sign_in(Client(), "karim@example.org")
    theirs = Line.objects.filter(kind="accounts.signed_in", account=other.public_id).get()
    assert contest(as_camille, theirs).status_code == 404
    assert contest(as_camille, note(camille, "4 rue Neuve")).status_code == 404
    assert contest(as_camille, note(camille, "4 rue Neuve", by=camille.actor)).status_code == 302
    assert contest(as_camille, Line.objects.latest("id")).status_code == 404
    assert as_camille.get(ADDRESS + "contestation/").status_code == 405
    assert as_camille.post(ADDRESS + "contestation/", {"ligne": "x"}).status_code == 404


def test_an_agent_finds_reads_and_closes_it(as_camille, camille, theft, as_nadia, nadia):
    contest(as_camille, theft)
    assert "Des familles attendent votre réponse." in read(as_nadia, "/gestion/")
    listed = read(as_nadia, LIST)
    assert "Chrome, Android" in listed
    found = Contestation.objects.get()
    address = f"{LIST}{found.public_id}/"
    assert f'href="{address}"' in listed
    assert "Firefox, Windows" in read(as_nadia, address)

    shown = as_nadia.post(address, {"answer": "Appel à Camille, mot de passe changé."}, follow=True)
    assert "le signalement est clos" in shown.content.decode()
    found.refresh_from_db()
    assert (found.closed_by, found.answer) == (nadia, "Appel à Camille, mot de passe changé.")
    assert "Rien n’attend ici" in read(as_nadia, "/gestion/")
    mine = read(as_camille, ADDRESS)
    assert "est traité : Appel à Camille, mot de passe changé." in mine
    assert "Un agent a ouvert votre signalement" in mine
    assert Message.objects.filter(to="camille@example.org", template="accounts/mail/contestation_closed").exists()


def test_an_answer_is_needed_and_what_is_typed_stays(as_camille, theft, as_nadia):
    contest(as_camille, theft)
    address = f"{LIST}{Contestation.objects.get().public_id}/"
    assert "Écrivez en une phrase" in as_nadia.post(address, {"answer": "  "}).content.decode()
    long = "mot " * 400
    shown = as_nadia.post(address, {"answer": long}).content.decode()
    assert long.strip() in shown
    assert Contestation.objects.open().count() == 1


def test_of_two_agents_the_second_is_told_and_changes_nothing(as_camille, theft, as_nadia, nadia):
    contest(as_camille, theft)
    found = Contestation.objects.get()
    contesting.close(found, answer="Fait.", by=nadia, at=timezone.now())
    with pytest.raises(contesting.AlreadyClosed):
        contesting.close(found, answer="Autre chose.", by=nadia, at=timezone.now())
    shown = as_nadia.post(f"{LIST}{found.public_id}/", {"answer": "Autre chose."}, follow=True).content.decode()
    assert "vient d’être traité" in shown
    assert "Fait." in shown
    assert Contestation.objects.get().answer == "Fait."


def test_reading_it_is_written_once_an_hour(as_camille, theft, as_nadia):
    contest(as_camille, theft)
    address = f"{LIST}{Contestation.objects.get().public_id}/"
    for _ in range(3):
        as_nadia.get(address)
    assert Line.objects.filter(kind="accounts.contestation_read").count() == 1


def test_a_family_does_not_see_the_desk(as_camille, theft):
    contest(as_camille, theft)
    address = f"{LIST}{Contestation.objects.get().public_id}/"
    assert as_camille.get(LIST).status_code == 403
    assert as_camille.get(address).status_code == 403
    assert as_camille.post(address, {"answer": "Rien."}).status_code == 403


def test_the_database_keeps_no_closed_one_without_answer(as_camille, theft, nadia):
    contest(as_camille, theft)
    for changes in ({"closed_at": timezone.now(), "closed_by": nadia}, {"answer": "Fait."}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Contestation.objects.update(**changes)


def test_what_an_agent_wrote_is_words_not_code(as_camille, theft, nadia):
    contest(as_camille, theft)
    contesting.close(Contestation.objects.get(), answer="<script>x</script> {actor}", by=nadia, at=timezone.now())
    raw = as_camille.get(ADDRESS).content.decode()
    assert "<script>x" not in raw
    assert "&lt;script&gt;x&lt;/script&gt; {actor}" in raw
