"""Every address of the portal, for those who may open it."""

import pytest
from django.urls import URLResolver, get_resolver, resolve

from tests.journeys.addresses import FOR_ADMINISTRATORS, FOR_AGENTS, FOR_ANYBODY, FOR_FAMILIES
from tests.journeys.other_addresses import BY_JOURNEYS, NOT_PAGES
from tests.journeys.site import ADMINISTRATOR, AGENT, FAMILY_PASSWORD, STAFF_PASSWORD

NOT_FOUND = "Cette page n’existe pas"  # or is not theirs: said alike


def look_at(visitor, paths):
    titles = {}
    for path in paths:
        visitor.open(path)
        visitor.look()
        titles.setdefault(visitor.page.title(), []).append(path)
    same = [paths for title, paths in titles.items() if len(paths) > 1 and not title.startswith(NOT_FOUND)]
    return [paths for paths in same if not all("inconnu" in path for path in paths)]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_pages_for_anybody(visit, language):
    visitor = visit()
    visitor.context.set_extra_http_headers({"Accept-Language": language})
    assert look_at(visitor, FOR_ANYBODY) == []


@pytest.mark.parametrize(
    "who",
    [
        "camille.martin",
        "odile.lambert",
        "sophie.petit",
        "lea.dubois-traore",
        "linh.nguyen",
        "fz.elamrani",
        "voahangy.rakotoarimanana",
    ],
)
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


def test_no_page_is_forgotten():
    pages = {
        path.partition("?")[0]
        for path in (*FOR_ANYBODY, *FOR_FAMILIES, *FOR_AGENTS, *FOR_ADMINISTRATORS)
        if "/admin/" not in path
    }
    pages -= {"/nulle-part/"}
    looked_at = {resolve(path).route for path in pages}
    assert set(routes(get_resolver().url_patterns)) == looked_at | BY_JOURNEYS | NOT_PAGES


def routes(patterns, before=""):
    for pattern in patterns:
        if not isinstance(pattern, URLResolver):
            yield before + str(pattern.pattern)
        elif pattern.app_name != "admin":
            yield from routes(pattern.url_patterns, before + str(pattern.pattern))
