"""Every address of the portal, for those who may open it."""

import pytest

from tests.journeys.site import ADMINISTRATOR, AGENT, FAMILY_PASSWORD, STAFF_PASSWORD

# Who looks at them, in what language; where nobody has to sign in, what a dead link says too.
FOR_ANYBODY = (
    "/connexion/",
    "/connexion/deblocage/",
    "/connexion/deblocage/inconnu/",
    "/deconnexion/",
    "/inscription/",
    "/activation/inconnu/",
    "/mot-de-passe/oublie/",
    "/mot-de-passe/nouveau/inconnu/",
    "/mentions-legales/",
    "/donnees-personnelles/",
    "/cookies/",
    "/accessibilite/",
    "/aide/",
    "/aide/connexion/",
    "/assistance/",
    "/etat/",
    "/demo/",
    "/demo/courrier/",
    "/nulle-part/",
)
FOR_FAMILIES = ("/mon-compte/", "/mon-compte/foyer/", "/mon-compte/profil/", "/mon-compte/securite/mot-de-passe/")
FOR_AGENTS = ("/gestion/", "/gestion/composants/", "/mon-compte/securite/mot-de-passe/")
FOR_ADMINISTRATORS = (
    "/gestion/",
    "/admin/",
    "/admin/accounts/",
    "/admin/accounts/account/",
    "/admin/accounts/account/add/",
    "/admin/accounts/team/",
    "/admin/accounts/team/add/",
    "/admin/organisation/organisation/1/change/",
)
ALONE_AT_HOME, TWO_HOMES = "sophie.petit@example.org", "karim.benali@example.org"


def look_at(visitor, paths):
    titles = {}
    for path in paths:
        visitor.open(path)
        visitor.look()
        titles.setdefault(visitor.page.title(), []).append(path)
    same = [paths for paths in titles.values() if len(paths) > 1]
    return [paths for paths in same if not all("inconnu" in path for path in paths)]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_pages_for_anybody(visit, language):
    visitor = visit()
    visitor.context.set_extra_http_headers({"Accept-Language": language})
    assert look_at(visitor, FOR_ANYBODY) == []


@pytest.mark.parametrize("who", ["camille.martin", "odile.lambert", "sophie.petit", "lea.dubois-traore"])
def test_pages_for_families(visit, who):
    visitor = visit()
    visitor.signs_in_as(f"{who}@example.org", FAMILY_PASSWORD)
    assert look_at(visitor, FOR_FAMILIES) == []


def test_pages_for_agents(visit):
    visitor = visit()
    visitor.signs_in_as(AGENT, STAFF_PASSWORD)
    assert look_at(visitor, FOR_AGENTS) == []


def test_pages_for_administrators(visit):
    visitor = visit()
    visitor.signs_in_as(ADMINISTRATOR, STAFF_PASSWORD)
    assert look_at(visitor, FOR_ADMINISTRATORS) == []
