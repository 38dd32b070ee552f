"""Through every journey the log says what happened, never what was typed or sent."""

import io
import logging

import pytest
from django.test import Client

from tests.accounts.factories import NUMBERS, PASSWORD, account, adult, code_for, sign_in, sign_up
from tests.accounts.mailbox import code, path, received, the_mail
from xpassfam.config import logs

pytestmark = pytest.mark.django_db
NEW, WRONG = "canot-brume-tuile-41", "Brouette!perdue#88"


@pytest.fixture(params=[True, False], ids=["demo", "production"])
def log(request):
    described = logs.configure(is_demo=request.param, level="DEBUG")["formatters"]["lines"]
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(described.pop("()")(**described))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)


def test_no_password_code_nor_link_is_in_the_log(log, settings):
    someone, secrets = adult(member_number=NUMBERS[0]), [PASSWORD, NEW, WRONG]
    letter_code = code_for(someone)
    client = Client()
    proof = {"member_number": NUMBERS[0], "activation_code": letter_code}
    page = sign_up(client, "camille@example.org", **proof).headers["Location"]
    letter = the_mail()
    link, digits = path(letter, "/activation/"), code(letter)
    client.post(page, {"code": f"{(int(digits) + 1) % 1_000_000:06d}"})
    Client(enforce_csrf_checks=True).post(link)
    client.post(link)
    client.get(link)
    received()

    sign_in(client, "camille@example.org", WRONG)
    sign_in(client, WRONG, WRONG)
    cookies = sign_in(client, "camille@example.org").cookies
    secrets += [cookies["session"].value, cookies["device"].value]
    client.post("/mon-compte/securite/mot-de-passe/", {"current_password": WRONG, "new_password": NEW})
    client.post("/deconnexion/")

    client.post("/mot-de-passe/oublie/", {"username": "camille@example.org"})
    reset = path(the_mail(), "/mot-de-passe/nouveau/")
    client.post(reset, {"new_password": NEW})
    client.post(reset, {"new_password": NEW})
    stranger = Client()
    for _ in range(7):
        sign_in(stranger, "camille@example.org", WRONG)
    received()
    stranger.post("/connexion/deblocage/", {"username": "camille@example.org"})
    unlock = path(the_mail(), "/connexion/deblocage/")
    stranger.post(unlock)
    stranger.get(unlock)

    secrets += [letter_code, letter_code.replace("-", ""), digits]
    secrets += [address.split("/")[-2] for address in (link, reset, unlock)]
    written = log.getvalue()
    assert "sign_in.wrong" in written
    assert "sign_in.paused" in written
    assert [secret for secret in secrets if secret in written] == []
    assert "camille@example.org" not in written


def test_a_breakdown_tells_no_secret_either(log, settings):
    account(email="camille@example.org")
    settings.PASSWORD_HASHERS = ["nowhere.Hasher"]
    client = Client(raise_request_exception=False)
    assert sign_in(client, "camille@example.org", WRONG).status_code == 500
    assert WRONG not in log.getvalue()
    assert "camille@example.org" not in log.getvalue()
