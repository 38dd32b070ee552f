"""Something grave is asked for: whoever sits at an open session proves again that they are its owner."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from tests.accounts.factories import PASSWORD, account, adult, sign_in
from xpassfam.accounts.models import Session
from xpassfam.journal.models import Line
from xpassfam.organisation.models import Organisation

pytestmark = pytest.mark.django_db
EMAIL = "camille@example.org"
PAGE = "/mon-compte/foyer/inviter/"
CONFIRM = "/connexion/confirmer/"
START = datetime.fromisoformat("2027-01-11T08:00:00+00:00")


@pytest.fixture(autouse=True)
def camille(client, time_machine):
    time_machine.move_to(START, tick=False)
    camille = account(adult(member_number="ESF-2019-004812-K"), email=EMAIL)
    sign_in(client, EMAIL)
    return camille


@pytest.fixture
def later(time_machine):
    """Ten minutes, and a little more, with the page open."""
    time_machine.shift(timedelta(minutes=10, seconds=1))
    return time_machine


def confirm(client, password=PASSWORD, **more):
    return client.post(CONFIRM, {"password": password, **more})


def words(response):
    return response.content.decode().replace("\u00a0", " ")


def invite(client, referer=PAGE):
    typed = {"guest": "other", "last_name": "Benali", "member_number": "ESF-2019-004813-R", "permission": "all"}
    return client.post(PAGE, typed, headers={"referer": f"http://testserver{referer}"})


def test_a_sign_in_is_a_proof_for_ten_minutes(client, time_machine):
    assert client.get(PAGE).status_code == 200
    time_machine.shift(timedelta(minutes=9, seconds=59))
    assert client.get(PAGE).status_code == 200
    time_machine.shift(timedelta(seconds=1))
    assert client.get(PAGE).headers["Location"] == f"{CONFIRM}?next={PAGE}"


def test_the_organisation_says_for_how_long(client, time_machine):
    Organisation(confirmation_minutes=30).save()
    time_machine.shift(timedelta(minutes=29))
    assert client.get(PAGE).status_code == 200


def test_the_password_leads_back_for_ten_minutes_more(client, later):
    assert "Est-ce bien vous" in words(client.get(f"{CONFIRM}?next={PAGE}"))
    assert confirm(client, next=PAGE).headers["Location"] == PAGE
    later.shift(timedelta(minutes=9))
    assert client.get(PAGE).status_code == 200


def test_the_session_goes_on_under_a_new_key_with_the_same_ends(client, later):
    before, old_key = Session.objects.get(), client.cookies["session"].value
    confirm(client)
    after = Session.objects.get()
    assert (after.absolute_end, after.idle_seconds, after.device, after.method, after.created_at) == (
        before.absolute_end,
        before.idle_seconds,
        before.device,
        before.method,
        before.created_at,
    )
    assert client.cookies["session"].value != old_key
    stolen = Client()
    stolen.cookies["session"] = old_key
    assert stolen.get("/mon-compte/").headers["Location"].startswith("/connexion/")


def test_what_was_typed_comes_back_after_and_nothing_was_done(client, later):
    asked = invite(client)
    assert asked.status_code == 200
    assert "Ce que vous avez écrit sera là" in words(asked)
    assert "Benali" not in words(asked)
    carried = asked.context["form"].initial["carried"]
    back = confirm(client, next=PAGE, carried=carried)
    assert back.headers["Location"] == PAGE
    page = words(client.get(PAGE))
    assert 'value="ESF-2019-004813-R"' in page
    assert 'value="Benali"' in page
    assert not Line.objects.filter(kind__startswith="people.invit").exists()


def test_a_wrong_password_keeps_what_was_typed_for_the_next_try(client, later):
    carried = invite(client).context["form"].initial["carried"]
    wrong = confirm(client, "pas-le-bon", next=PAGE, carried=carried)
    assert wrong.status_code == 200
    assert carried in words(wrong)
    assert "Ce n’est pas votre mot de passe" in words(wrong)
    assert client.get(PAGE).status_code == 302


def test_what_one_typed_is_not_given_to_another_person(client, later):
    carried = invite(client).context["form"].initial["carried"]
    account(adult("Karim Benali"), email="karim@example.org")
    other = Client()
    sign_in(other, "karim@example.org")
    confirm(other, next=PAGE, carried=carried)
    assert 'value="ESF-2019-004813-R"' not in words(other.get(PAGE))


def test_guesses_are_slowed_down_on_this_device_and_on_no_other(client, later):
    elsewhere = Client()
    sign_in(elsewhere, EMAIL)
    assert [confirm(client, "pas-le-bon").status_code for _ in range(11)] == [200] * 9 + [429] * 2
    assert confirm(client).status_code == 429
    assert confirm(elsewhere).status_code == 302


def test_the_way_that_changes_the_password_is_no_way_around_the_count(client, later):
    for _ in range(9):
        confirm(client, "pas-le-bon")
    change = {"current_password": "pas-le-bon", "new_password": "canot-brume-tuile-41"}
    client.post("/mon-compte/securite/mot-de-passe/", change)
    assert confirm(client).status_code == 429


def test_a_throttled_try_verifies_nothing(client, later, hashing_work):
    for _ in range(10):
        confirm(client, "pas-le-bon")
    hashing_work.clear()
    confirm(client)
    assert dict(hashing_work) == {}


def test_it_is_in_the_history_right_or_wrong(client, later):
    confirm(client, "pas-le-bon")
    confirm(client)
    kinds = list(Line.objects.order_by("pk").values_list("kind", flat=True))[-2:]
    assert kinds == ["accounts.confirmation_refused", "accounts.confirmed"]


def test_it_leads_to_no_other_site(client, later):
    assert confirm(client, next="//evil.example/").headers["Location"] == "/mon-compte/"


def test_a_visitor_is_asked_to_sign_in(later):
    assert Client().get(CONFIRM).headers["Location"].startswith("/connexion/?next=")
