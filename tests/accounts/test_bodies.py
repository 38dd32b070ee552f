"""What a request may carry is bounded before anything of it is read or written, whoever sends it."""

import pytest
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.accounts.factories import account
from xpassfam.accounts import bodies
from xpassfam.definitions import yaml_text
from xpassfam.documents.actions.giving import MOST_FILES
from xpassfam.register import waiting
from xpassfam.vault.limits import MOST_BYTES

SEND = "/mon-compte/documents/envoi/"
REGISTER = "/gestion/registre/"
LARGE = 3 * bodies.MEGABYTE  # more than is held in memory


def visitor():
    """Who has the cookie that forms need, and whose body is read for its token."""
    client = Client(enforce_csrf_checks=True)
    client.get("/connexion/")
    return client


def sent(client, address, size=LARGE):
    """What the portal took of a file, to check the token of its form."""
    token = client.cookies[settings.CSRF_COOKIE_NAME].value
    answer = client.post(address, {"file": SimpleUploadedFile("a.pdf", b"x" * size), "csrfmiddlewaretoken": token})
    return answer, answer.wsgi_request.FILES.get("file")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/connexion/", "/inscription/", SEND, REGISTER, "/gestion/", "/admin/"])
def test_nothing_of_a_file_is_kept_of_who_did_not_sign_in(address):
    answer, file = sent(visitor(), address, size=1000)

    assert answer.status_code != 413
    assert file is None


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "is_taken"), [("family", False), ("agent", False), ("administrator", True)])
def test_the_files_of_a_register_are_taken_of_administrators(role, is_taken):
    client = visitor()
    client.force_login(account(role=role))

    assert bool(sent(client, REGISTER)[1]) is is_taken


@pytest.mark.django_db
def test_the_file_of_a_family_is_taken_and_has_no_name_on_the_disk():
    client = visitor()
    client.force_login(account())
    _answer, file = sent(client, SEND)

    assert file.size == LARGE
    assert not hasattr(file, "temporary_file_path")
    assert isinstance(file.file.name, int)


@pytest.mark.django_db
def test_a_file_past_its_limit_ends_there():
    client = visitor()
    client.force_login(account())
    _answer, file = sent(client, SEND, size=MOST_BYTES + bodies.MEGABYTE)

    assert MOST_BYTES < file.size < MOST_BYTES + bodies.MEGABYTE


@pytest.mark.parametrize(
    ("address", "length", "status"),
    [
        ("/connexion/", 2 * bodies.MEGABYTE + 1, 413),
        ("/sante/vive", 10**12, 413),
        (SEND, 102 * bodies.MEGABYTE + 1, 413),
        ("/gestion/demandes/x/message/", 12 * bodies.MEGABYTE + 1, 413),
        (REGISTER, 258 * bodies.MEGABYTE + 1, 413),
        ("/sante/vive", "9" * 30, 413),
        ("/sante/vive", "-1", 413),
        ("/sante/vive", 2 * bodies.MEGABYTE, 405),
        ("/sante/vive", "", 405),
    ],
)
@pytest.mark.django_db
def test_what_is_announced_too_large_is_not_read(client, address, length, status):
    class Unread:
        def read(self, *arguments):
            raise AssertionError

        readline = read

    answer = client.generic("POST", address, **{"CONTENT_LENGTH": str(length), "wsgi.input": Unread()})

    assert answer.status_code == status


@pytest.mark.django_db
def test_the_refusal_says_how_much_and_what_to_do(client):
    answer = client.generic("POST", SEND, CONTENT_LENGTH=str(10**10))
    page = answer.content.decode()

    assert "Cet envoi est trop lourd" in page
    assert "102\u00a0Mo au plus" in page
    assert "envoyez moins à la fois" in page
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_body_longer_than_it_said_is_not_written_further():
    handler = bodies.CappedUploadHandler()
    handler.handle_raw_input(None, {"PATH_INFO": SEND}, 10, b"")
    block = b"x" * MOST_BYTES
    for _number in range(bodies.place_of(SEND).body // MOST_BYTES):
        handler.receive_data_chunk(block, 0)
    with pytest.raises(RequestDataTooBig):
        handler.receive_data_chunk(block, 0)


def test_the_bounds_hold_what_the_forms_take():
    assert bodies.place_of(SEND).body > MOST_FILES * MOST_BYTES
    assert bodies.place_of(REGISTER).file == waiting.MOST_MEGABYTES * bodies.MEGABYTE
    assert bodies.place_of("/gestion/demarches/ecrire/").file > yaml_text.MOST_BYTES
