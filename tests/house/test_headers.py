"""What every answer tells a browser, whoever asks: run nothing but ours, be framed by nobody, keep nothing."""

import pytest
from django.test import Client

from tests.accounts.factories import account
from tests.house.test_doors import address, doors, is_open
from xpassfam.organisation.models import Organisation

pytestmark = pytest.mark.django_db
OURS = ("'none'", "'self'")
# The mail itself, as mail programs show it: its styles are in it. The demo's only.
STYLES_INSIDE = "demo/courrier/"
PERSONAL = ("/mon-compte/", "/gestion/", "/admin/")


def browser_of(role):
    client = Client(raise_request_exception=False)
    if role != "visitor":
        client.force_login(account(role=role), backend="xpassfam.accounts.backend.AccountBackend")
    return client


def answers(role):
    """Every address, read and pressed; and one that is not there."""
    client = browser_of(role)
    for route in [*dict.fromkeys(route for route, _ in doors()), "nulle-part/"]:
        if route.startswith("deconnexion/"):
            continue
        for way in (client.get, client.post):
            yield route, way(address(route))


def policy_of(response):
    parts = [part.split() for part in response.headers.get("Content-Security-Policy", "").split(";") if part.strip()]
    return {name: values for name, *values in parts}


def faults(route, response):
    policy, headers = policy_of(response), response.headers
    if response.status_code == 500:
        yield "it broke"
    for name in ("default-src", "object-src", "base-uri", "frame-ancestors"):
        if policy.get(name) != ["'none'"] and "sandbox" not in policy:
            yield f"{name}: {policy.get(name)}"
    allowed = {value for name, values in policy.items() if name.endswith("-src") for value in values}
    if not allowed <= set(OURS) and not route.startswith(STYLES_INSIDE):
        yield f"lets in {allowed}"
    if not route.startswith("admin/") and "trusted-types" not in policy and "sandbox" not in policy:
        yield "no trusted types"
    for name, expected in (
        ("X-Content-Type-Options", "nosniff"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("X-Frame-Options", "DENY"),
    ):
        if headers.get(name) != expected:
            yield f"{name}: {headers.get(name)}"
    if headers.get("Referrer-Policy") not in ("same-origin", "strict-origin", "no-referrer"):
        yield f"Referrer-Policy: {headers.get('Referrer-Policy')}"
    if any(name.lower().startswith("access-control-") for name in headers):
        yield "other sites may read it"
    if ("/" + route).startswith(PERSONAL) and "no-store" not in headers.get("Cache-Control", ""):
        yield f"Cache-Control: {headers.get('Cache-Control')}"


@pytest.mark.parametrize("role", ["visitor", "family", "agent", "administrator"])
def test_every_answer_tells_browsers_to_run_nothing_but_ours(role):
    Organisation.objects.update_or_create()
    found = {
        f"{route} → {response.status_code}: {fault}"
        for route, response in answers(role)
        for fault in faults(route, response)
    }
    assert sorted(found) == []


@pytest.mark.parametrize("role", ["visitor", "family", "agent", "administrator"])
def test_no_answer_leads_to_another_site(role):
    client = browser_of(role)
    away = "https://evil.example/"
    astray = []
    for route, _ in doors():
        asked = {"next": away, "retour": away, "suite": away, "page": away, "url": away}
        headers = {"referer": away, "x-forwarded-host": "evil.example", "x-original-url": away}
        for response in (
            client.get(address(route), asked, headers=headers),
            client.post(address(route), asked, headers=headers),
        ):
            if "evil.example" in response.headers.get("Location", "").split("?")[0]:
                astray.append(f"{route} → {response.headers['Location']}")
    assert astray == []


def test_an_address_that_is_a_secret_is_told_to_nobody_and_kept_nowhere(client):
    found, told = [], []
    for route in [route for route, door in doors() if "token>" in route and is_open(door)]:
        response = client.get(address(route))
        headers = response.headers
        # Pages of errors say so to no other site; they are no page of the secret.
        if response.status_code in (404, 405):
            continue
        found.append(route)
        if headers["Referrer-Policy"] not in ("strict-origin", "no-referrer"):
            told.append(f"{route}: {headers['Referrer-Policy']}")
        if "no-store" not in headers["Cache-Control"]:
            told.append(f"{route}: {headers['Cache-Control']}")
    assert len(found) >= 8
    assert told == []
