"""What no person would type: answered in words, never by a breakdown, and cheaply."""

import pytest
from django.test import Client

from tests.accounts.factories import PASSWORD, account, adult, sign_in
from tests.accounts.mailbox import received

pytestmark = pytest.mark.django_db
ODD = [
    "\x00",
    "a\x00b@example.org",
    "\ud7ff\ufffe",
    "\u202e@example.org",
    "﷽" * 300,
    "' OR 1=1 --",
    "%00",
    "{{7*7}}",
    "@" * 300,
]
FORMS = {
    "/connexion/": {"username": "camille@example.org", "password": PASSWORD, "remember": "", "next": ""},
    "/connexion/deblocage/": {"username": "camille@example.org"},
    "/mot-de-passe/oublie/": {"username": "camille@example.org"},
    "/inscription/": {
        "last_name": "Martin",
        "first_name": "Camille",
        "email": "camille@example.org",
        "phone": "",
        "proof": "file",
        "member_number": "",
        "activation_code": "",
        "file_number": "NAN-104-233",
        "birth_date_day": "12",
        "birth_date_month": "4",
        "birth_date_year": "1988",
        "password": PASSWORD,
    },
}


@pytest.fixture(autouse=True)
def camille():
    account(adult(member_number="ESF-2019-004812-K"), email="camille@example.org")


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize(("address", "field"), [(address, field) for address, form in FORMS.items() for field in form])
def test_no_field_of_an_open_form_breaks_its_page(address, field, odd):
    client = Client(REMOTE_ADDR=f"203.0.113.{len(odd) % 250}")
    assert client.post(address, FORMS[address] | {field: odd}).status_code in (200, 302, 429)


@pytest.mark.parametrize("odd", ODD[:4])
def test_no_search_part_of_an_address_breaks_its_page(client, odd):
    for address in ("/connexion/", "/connexion/deblocage/", "/mot-de-passe/oublie/", "/inscription/"):
        assert client.get(address, {"username": odd, "next": odd}).status_code == 200


def test_bytes_that_are_no_text_break_no_page(client):
    body = b"username=%FF%FE%ED%A0%80&password=%FF&next=%C0%AF"
    for address in FORMS:
        response = client.post(address, body, content_type="application/x-www-form-urlencoded")
        assert response.status_code in (200, 302), address
    received()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"username": "x" * 10_000}, "C’est trop long. Écrivez seulement votre adresse e-mail"),
        ({"password": "x" * 5_000}, "Ce mot de passe est trop long"),
    ],
)
def test_what_is_far_too_long_is_said_so_and_not_hashed(client, hashing_work, fields, sentence):
    page = client.post("/connexion/", FORMS["/connexion/"] | fields).content.decode()
    assert sentence in page
    assert not hashing_work


def test_a_new_password_of_five_thousand_letters_is_not_hashed(client, hashing_work):
    page = client.post("/inscription/", FORMS["/inscription/"] | {"password": "xy Z7" * 1000}).content.decode()
    assert "256 caractères suffisent" in page
    assert not hashing_work


def test_a_form_of_megabytes_is_refused_before_it_is_read(client, hashing_work):
    assert client.post("/connexion/", {"username": "a", "password": "x" * 3_000_000}).status_code == 413
    assert not hashing_work


@pytest.mark.parametrize("cookie", ["\x00", "x" * 4000, "é" * 43, "'; --", "a b"])
def test_no_cookie_breaks_the_page(client, cookie):
    for name in ("session", "device", "csrf", "messages"):
        client.cookies[name] = cookie
    assert client.get("/connexion/").status_code == 200
    assert sign_in(client, "camille@example.org").status_code == 302
