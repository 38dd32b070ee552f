"""Every address is closed to strangers, but those that are public on purpose."""

import re

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

# What a visitor may reach without signing in: the fixed points of docs/architecture.md.
PUBLIC = re.compile(
    r"""^(
      $ | connexion/ | deconnexion/ | inscription/ | activation/ | mot-de-passe/(oublie|nouveau)/
    | compte/garder/ | aide/ | assistance/ | verifier/ | etat/ | langue/ | affichage/
    | mentions-legales/ | donnees-personnelles/ | cookies/ | accessibilite/ | modalites/ | brand/
    | \.well-known/change-password$ | sante/(vive|prete)$
    | ce-n-etait-pas-moi/ | admin/login/$ | demo/
    )""",
    re.VERBOSE,
)
SAMPLE = {"int": "1", "uuid": "00000000-0000-0000-0000-000000000000", "path": "a/b"}


def doors(resolver: URLResolver | None = None, prefix: str = "") -> list[tuple[str, URLPattern]]:
    found = []
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern).removeprefix("^")
        found += doors(entry, route) if isinstance(entry, URLResolver) else [(route, entry)]
    return found


def is_open(door: URLPattern) -> bool:
    return not getattr(door.callback, "login_required", True)


def address(route: str) -> str:
    """A route with its parameters filled in."""
    filled = re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLE.get(found[1] or "", "x"), route)
    return "/" + re.sub(r"\(\?P<\w+>[^)]*\)", "x", filled).removesuffix("$").replace("\\Z", "").replace("\\", "")


def test_what_is_open_is_public_on_purpose():
    assert [route for route, door in doors() if is_open(door) and not PUBLIC.match(route)] == []


@pytest.mark.django_db
def test_a_stranger_who_knocks_elsewhere_is_led_to_sign_in(client):
    astray = []
    for route, door in doors():
        if is_open(door) or "final_catch_all" in repr(door):
            continue
        answer = client.get(address(route))
        if answer.status_code != 302 or "/connexion/" not in answer.headers["Location"]:
            astray.append(f"{route} → {answer.status_code}")

    assert astray == []
