"""What a session resists: a planted key, another site's form, a way in beside the pipeline."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.accounts.factories import PASSWORD, account, adult, sign_in
from tests.accounts.steps import answer, enter, with_totp
from xpassfam.accounts.models import Account, Session
from xpassfam.accounts.tokens import digest

pytestmark = pytest.mark.django_db
EMAIL = "camille@example.org"
PRIVATE = "/mon-compte/securite/mot-de-passe/"


@pytest.fixture(autouse=True)
def camille():
    return account(adult(member_number="ESF-2019-004812-K"), email=EMAIL)


def test_a_key_planted_before_sign_in_is_not_the_session_s(client):
    client.cookies["session"] = "planted" * 5
    sign_in(client, EMAIL)
    assert client.cookies["session"].value != "planted" * 5
    thief = Client()
    thief.cookies["session"] = "planted" * 5
    assert thief.get(PRIVATE).status_code == 302


def test_each_sign_in_has_a_new_key_and_the_one_signed_out_is_dead(client):
    first = sign_in(client, EMAIL).cookies["session"].value
    client.post("/deconnexion/")
    assert sign_in(client, EMAIL).cookies["session"].value != first
    thief = Client()
    thief.cookies["session"] = first
    assert thief.get(PRIVATE).status_code == 302


def test_the_row_s_own_key_opens_nothing(client):
    key = sign_in(client, EMAIL).cookies["session"].value
    row = Session.objects.get()
    assert row.session_key == digest(key)
    thief = Client()
    thief.cookies["session"] = row.session_key
    assert thief.get(PRIVATE).status_code == 302


def test_the_row_says_whose_where_how_and_until_when(client, camille):
    sign_in(client, EMAIL)
    row = Session.objects.get()
    assert (row.account, row.method) == (camille, "password")
    assert row.device.known.get().account == camille
    assert row.absolute_end - row.created_at > timedelta(hours=11, minutes=59)


@pytest.mark.parametrize("address", ["/connexion/", "/deconnexion/", "/inscription/", "/mot-de-passe/oublie/", PRIVATE])
def test_another_site_s_form_does_nothing(camille, address):
    client = Client(enforce_csrf_checks=True)
    client.force_login(camille, backend="xpassfam.accounts.backend.AccountBackend")
    client.cookies["csrf"] = "x" * 32
    response = client.post(
        address, {"username": EMAIL, "password": PASSWORD}, headers={"origin": "https://evil.example"}
    )
    assert response.status_code == 403
    assert Session.objects.count() == 1
    assert EMAIL not in response.content.decode()


def test_leaving_ends_the_session_and_keeps_the_device_known(client):
    sign_in(client, EMAIL)
    response = client.post("/deconnexion/")
    assert response.cookies["session"]["max-age"] == 0
    assert "device" not in response.cookies
    assert client.post("/deconnexion/").headers["Location"] == "/connexion/"


def test_cookies_are_out_of_scripts_reach_and_of_other_sites(client):
    for name, cookie in sign_in(client, EMAIL).cookies.items():
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Lax", name
        assert not cookie["domain"], name
        assert cookie["path"] == "/", name


def test_the_settings_door_is_the_same_door(client):
    for address in ("/admin/", "/admin/login/", "/admin/organisation/organisation/"):
        assert client.get(address).headers["Location"].startswith("/connexion/?next=/admin/")
    client.post("/admin/login/", {"username": EMAIL, "password": PASSWORD})
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    ("role", "gestion", "admin"), [("family", 403, 403), ("agent", 200, 403), ("administrator", 200, 200)]
)
def test_who_enters_where(client, role, gestion, admin):
    if role != "family":
        account(email="staff@example.org", role=role)
    sign_in(client, "staff@example.org" if role != "family" else EMAIL)
    assert client.get("/gestion/").status_code == gestion
    assert client.get("/admin/").status_code == admin


def test_staff_are_paused_and_end_like_anybody_and_are_never_remembered(client, time_machine):
    time_machine.move_to("2027-01-11 08:00:00Z", tick=False)
    staff = account(email="staff@example.org", role=Account.Role.ADMINISTRATOR)
    application = with_totp(staff)
    sign_in(client, "staff@example.org", remember="on")
    response = answer(client, application.now())
    assert response.cookies["session"]["max-age"] == ""
    time_machine.move_to("2027-01-11 08:14:59Z", tick=False)
    assert client.get("/gestion/").status_code == 200
    time_machine.move_to("2027-01-11 08:30:00Z", tick=False)
    assert client.get("/gestion/").status_code == 302
    enter(client, staff, application)
    for minutes in range(0, 8 * 60, 10):
        time_machine.move_to(f"2027-01-11 {8 + (30 + minutes) // 60:02}:{(30 + minutes) % 60:02}:00Z", tick=False)
        assert client.get("/gestion/").status_code == 200
    time_machine.move_to("2027-01-11 16:30:01Z", tick=False)
    assert client.get("/gestion/").status_code == 302
    other = Client()
    assert [sign_in(other, "staff@example.org", "wrong").status_code for _ in range(6)] == [200] * 4 + [429] * 2


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "\x01//evil.example",
        " //evil.example",
        "https://evil.example",
        "https:evil.example",
        "http:///evil.example",
        "javascript:alert(1)",
        "//evil.example%2f..",
        "https://testserver/mon-compte/",
        "evil.example",
        "",
    ],
)
@pytest.mark.parametrize("is_signed_in", [False, True])
def test_sign_in_leads_to_no_other_site(client, elsewhere, is_signed_in):
    if is_signed_in:
        sign_in(client, EMAIL)
        location = client.get("/connexion/", {"next": elsewhere}).headers["Location"]
    else:
        response = sign_in(client, EMAIL, next=elsewhere)
        assert response.status_code in (200, 302)
        location = response.headers.get("Location", "/mon-compte/")
    assert location == "/mon-compte/"


@pytest.mark.parametrize(
    "ours", ["/mon-compte/foyer/?a=b&c=%C3%A9#d", "/%2F/evil.example", "/nothing-here/", "/connexion/"]
)
def test_a_page_of_ours_is_gone_to_as_it_was_asked_for(client, ours):
    assert sign_in(client, EMAIL, next=ours).headers["Location"] == ours
    assert client.get(ours, follow=True).status_code in (200, 404)


def test_a_sign_in_writes_its_session_once_and_the_account_not_at_all(client):
    with CaptureQueriesContext(connection) as queries:
        sign_in(client, EMAIL)

    written = [query["sql"].split('"')[:2] for query in queries if query["sql"].startswith(("INSERT INTO", "UPDATE"))]
    assert written.count(["INSERT INTO ", "accounts_session"]) == 1
    assert ["UPDATE ", "accounts_session"] not in written
    assert ["UPDATE ", "accounts_account"] not in written
