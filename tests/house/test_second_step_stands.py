"""Between the password and the second step there is nothing: every address, asked by who stands there."""

import pytest
from django.test import Client

from tests.accounts.factories import PASSWORD, account, sign_in
from tests.accounts.steps import with_totp
from tests.house.test_doors import address, doors, is_open
from xpassfam.accounts.models import KnownDevice, Passkey, RecoveryCode, Session, TotpKey

pytestmark = pytest.mark.django_db
STEP = "/connexion/deuxieme-etape/"


@pytest.fixture(params=["family", "agent", "administrator"])
def halfway(request):
    """Who gave the right password, and has an application that was not asked yet."""
    someone = account(role=request.param)
    with_totp(someone)
    client = Client(raise_request_exception=False)
    assert sign_in(client, someone.email).headers["Location"] == STEP
    return client


def routes():
    return [(route, door) for route, door in doors() if "final_catch_all" not in repr(door)]


def test_no_page_opens_halfway(halfway):
    astray = []
    for route, door in routes():
        for way in (halfway.get, halfway.post):
            response = way(address(route))
            if is_open(door) or response.status_code in (403, 404, 405):
                continue
            if response.status_code == 302 and response.headers["Location"].startswith("/connexion/"):
                continue
            # Whoever posts what somebody typed is shown the sign-in page in its place.
            if response.status_code == 200 and 'name="password"' in response.content.decode():
                continue
            astray.append(f"{way.__name__} {route} → {response.status_code} {response.headers.get('Location', '')}")
    assert astray == []
    assert not Session.objects.exists()


def test_nothing_that_is_typed_on_an_open_page_skips_it(halfway):
    """Every word that a page of ours knows, on every page that is open."""
    words = {"username": "x", "password": PASSWORD, "code": "000000", "recovery_code": "0-00000-00000-00000"}
    words |= {"methode": "email", "trust": "on", "credential": "{}", "challenge_token": "x", "key": "x", "name": "x"}
    before = list(TotpKey.objects.values())
    for route, door in routes():
        if is_open(door):
            for method in ("", "?methode=passkey", "?methode=recovery", "?methode=email", "?methode=none"):
                halfway.post(address(route) + method, words)
    assert not Session.objects.exists()
    assert list(TotpKey.objects.values()) == before
    assert not Passkey.objects.exists()
    assert not RecoveryCode.objects.exists()
    assert not KnownDevice.objects.exclude(trusted_until=None).exists()


def test_who_has_one_cannot_add_another_halfway(halfway):
    """The page where staff turn their first one on is for who has none."""
    for path in (STEP + "activer/", STEP + "activer/defi/"):
        for way in (halfway.get, halfway.post):
            response = way(path, {"code": "000000", "key": "x"})
            assert response.status_code in (302, 403, 404, 405, 410), path
            if response.status_code == 302:
                assert response.headers["Location"].startswith("/connexion/")
    assert TotpKey.objects.count() == 1
