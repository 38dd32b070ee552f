"""A call sent while the database is away comes back with its text, to be sent again; without a script, by hand."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from tests.support.calling import call, form_key
from tests.vault import samples
from xpassfam.support.models import Ticket
from xpassfam.ui import keeping

pytestmark = pytest.mark.django_db


@pytest.fixture
def away():
    """Every query fails, as those of a server that went away do."""
    from django.db import OperationalError

    def refuse(*args):
        raise OperationalError("gone")

    return lambda: connection.execute_wrapper(refuse)


def browser() -> Client:
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


def with_token(client: Client) -> str:
    page = client.get("/assistance/").content.decode()
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]


def test_the_text_comes_back_with_a_button_that_sends_it_once(away):
    client = browser()
    token, key = with_token(client), form_key(client)
    message = "La page revient sans rien dire, depuis ce matin, sur deux appareils."
    with away():
        page = call(client, key=key, message=message, csrfmiddlewaretoken=token)
    text = html.unescape(page.content.decode())

    assert page.status_code == 503
    assert f">{message}</textarea>" in text
    assert "Votre texte est encore là" in text
    again = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text))
    answer = client.post("/assistance/", again | {"message": message})
    assert answer.status_code == 302
    assert Ticket.objects.get().messages.get().text == message


def test_the_file_is_asked_for_again_and_the_page_says_so(away):
    client = browser()
    token, key = with_token(client), form_key(client)
    with away():
        page = call(
            client, key=key, csrfmiddlewaretoken=token, files=[SimpleUploadedFile("e.png", samples.photo("PNG"))]
        )
    text = html.unescape(page.content.decode())

    assert "est à choisir encore une fois" in text
    assert 'type="file"' in text


def test_a_password_in_the_text_does_not_come_back(away):
    client = browser()
    token, key = with_token(client), form_key(client)
    with away():
        page = call(client, key=key, message="Mon mot de passe est Pivoine-31.", csrfmiddlewaretoken=token)

    assert "Pivoine" not in page.content.decode()


def test_what_is_far_too_long_is_not_looked_at(away, monkeypatch):
    client = browser()
    token, key = with_token(client), form_key(client)
    monkeypatch.setattr(keeping, "masked", lambda text: pytest.fail("looked at"))
    with away():
        page = call(client, key=key, message="mdp = " * 20_000, csrfmiddlewaretoken=token)

    assert page.status_code == 503
    assert "mdp" not in page.content.decode()


def test_another_site_s_form_is_not_shown_filled_in(away):
    client = browser()
    with_token(client)
    with away():
        page = call(client, key="x", message="Écrit par un autre site, à la place de la personne.")

    assert "Écrit par un autre site" not in page.content.decode() or page.status_code != 503


def test_a_page_that_does_not_keep_forms_shows_none(away):
    client = browser()
    token = with_token(client)
    with away():
        page = client.post("/assistance/suivre/", {"reference": "AS-2222-2222", "csrfmiddlewaretoken": token})

    assert page.status_code == 503
    assert "Votre texte est encore là" not in page.content.decode()
