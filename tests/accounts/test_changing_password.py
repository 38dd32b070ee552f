"""Changing one's password while signed in."""

import pytest
from django.test import Client

from tests.accounts.factories import PASSWORD, account, adult, sign_in
from tests.accounts.mailbox import path, received, the_mail
from tests.accounts.steps import enter, with_totp
from xpassfam.accounts.models import Account, Session

pytestmark = pytest.mark.django_db
NEW = "canot-brume-tuile-41"
PAGE = "/mon-compte/securite/mot-de-passe/"


@pytest.fixture(autouse=True)
def camille(client):
    account(adult(member_number="ESF-2019-004812-K"), email="camille@example.org")
    sign_in(client, "camille@example.org")


def change(client, current=PASSWORD, new=NEW):
    return client.post(PAGE, {"current_password": current, "new_password": new})


def words(response):
    return response.content.decode().replace("\u00a0", " ")


def test_this_session_goes_on_under_a_new_key_the_others_end(client):
    other = Client()
    sign_in(other, "camille@example.org")
    before = client.cookies["session"].value
    assert change(client).headers["Location"] == PAGE
    assert client.cookies["session"].value != before
    assert "Votre mot de passe est changé" in words(client.get(PAGE))
    assert other.get(PAGE).status_code == 302
    assert Session.objects.count() == 1
    stolen = Client()
    stolen.cookies["session"] = before
    assert stolen.get(PAGE).status_code == 302
    assert sign_in(Client(), "camille@example.org", NEW).status_code == 302
    assert sign_in(Client(), "camille@example.org").status_code == 200


def test_the_session_keeps_its_two_ends(client):
    before = Session.objects.get()
    change(client)
    after = Session.objects.get()
    assert (after.absolute_end, after.idle_seconds, after.device, after.method) == (
        before.absolute_end,
        before.idle_seconds,
        before.device,
        before.method,
    )


def test_an_e_mail_tells_and_a_waiting_link_dies(client):
    client.post("/mot-de-passe/oublie/", {"username": "camille@example.org"})
    address = path(the_mail(), "/mot-de-passe/nouveau/")
    change(client)
    assert the_mail().subject == "Votre mot de passe est changé"
    assert Client().get(address).status_code == 410


def test_a_link_asked_for_before_the_change_and_not_yet_sent_is_not_sent(client):
    client.post("/mot-de-passe/oublie/", {"username": "camille@example.org"})
    change(client)
    assert [letter.subject for letter in received()] == ["Votre mot de passe est changé"]


def test_a_wrong_current_password_changes_nothing(client):
    for wrong in ("", "wrong", PASSWORD + " ", "x" * 5000, "a\x00b"):
        response = change(client, wrong)
        assert response.status_code == 200
        assert NEW not in words(response)
    assert received() == []
    assert sign_in(Client(), "camille@example.org").status_code == 302


def test_ten_wrong_ones_then_a_pause_that_says_until_when(client, time_machine):
    time_machine.move_to("2027-01-10 22:05:00Z", tick=False)
    sign_in(client, "camille@example.org")
    pages = [words(change(client, "wrong")) for _ in range(11)]
    assert all("Ce n’est pas votre mot de passe actuel" in page for page in pages[:10])
    assert "Trop d’essais. Réessayez à 0 h 05." in pages[10]
    assert "Trop d’essais" in words(change(client))
    assert sign_in(Client(), "camille@example.org").status_code == 302
    time_machine.move_to("2027-01-10 22:40:00Z", tick=False)
    client.get(PAGE)
    time_machine.move_to("2027-01-10 23:05:01Z", tick=False)
    assert change(client).status_code == 302


@pytest.fixture
def protected(client, camille, time_machine):
    """Whose device is trusted, and who has a second step."""
    time_machine.move_to("2027-01-11 08:00:00Z", tick=False)
    someone = Account.objects.get()
    client.post("/deconnexion/")
    enter(client, someone, with_totp(someone), trust="on")
    return client


def test_who_has_a_second_step_gives_it_too_ten_minutes_after_signing_in(protected, time_machine):
    assert protected.get(PAGE).status_code == 200
    time_machine.move_to("2027-01-11 08:10:01Z", tick=False)
    assert protected.get(PAGE).headers["Location"] == f"/connexion/confirmer/?next={PAGE}"
    assert change(protected).status_code == 302
    assert sign_in(Client(), "camille@example.org").status_code == 302
    asked = protected.post("/connexion/confirmer/", {"password": PASSWORD, "next": PAGE})
    assert asked.headers["Location"] == "/connexion/deuxieme-etape/"


def test_a_device_where_the_second_step_was_waived_gives_it_first(protected):
    protected.post("/deconnexion/")
    sign_in(protected, "camille@example.org")
    assert protected.get("/mon-compte/").status_code == 200
    assert protected.get(PAGE).headers["Location"].startswith("/connexion/confirmer/")


def test_who_has_none_types_the_current_password_and_no_more(client, time_machine):
    time_machine.move_to("2027-01-11 08:00:00Z", tick=False)
    sign_in(client, "camille@example.org")
    time_machine.move_to("2027-01-11 08:30:00Z", tick=False)
    assert client.get(PAGE).status_code == 200
    assert change(client).headers["Location"] == PAGE


def test_a_weak_new_one_is_refused(client):
    for weak in ("court", "girafe-camille-lavande", "x" * 5000):
        assert change(client, new=weak).status_code == 200
    assert sign_in(Client(), "camille@example.org").status_code == 302


def test_strangers_have_no_such_page():
    assert Client().get(PAGE).headers["Location"].startswith("/connexion/")
    assert change(Client()).headers["Location"].startswith("/connexion/")


def test_staff_change_theirs_in_their_own_frame():
    account(email="nadia@example.org", role=Account.Role.AGENT)
    nadia = Client()
    sign_in(nadia, "nadia@example.org")
    assert change(nadia).status_code == 302


def test_a_device_of_somebody_else_is_known_no_more_this_one_still_is(client):
    thief = Client()
    sign_in(thief, "camille@example.org")
    change(client)
    received()
    sign_in(client, "camille@example.org", NEW)
    assert received() == []
    sign_in(thief, "camille@example.org", NEW)
    [letter] = received()
    assert "connexion" in letter.subject.lower()


def test_a_pass_that_somebody_else_opened_ends_too(client):
    thief = Client()
    thief.post("/connexion/deblocage/", {"username": "camille@example.org"})
    thief.post(path(received()[-1], "/connexion/deblocage/"))
    change(client)
    for _ in range(5):
        sign_in(Client(), "camille@example.org", "wrong")
    assert sign_in(thief, "camille@example.org", NEW).status_code == 429
