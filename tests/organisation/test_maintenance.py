from datetime import timedelta

import pytest
import time_machine
from django.http import HttpResponse
from django.test import RequestFactory

from tests.organisation.factories import NOON, example
from xpassfam.organisation.middleware import OrganisationMiddleware

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def works():
    organisation = example("solidarite-familles-estuaire")
    organisation.maintenance_from, organisation.maintenance_until = NOON, NOON + HOUR
    organisation.save()


def at_the_door(path):
    """What the middleware answers before a view is called; None where it lets pass."""
    middleware = OrganisationMiddleware(lambda request: HttpResponse())
    request = RequestFactory().get(path)
    middleware(request)
    return middleware.process_view(request, lambda request: HttpResponse(), [], {})


@pytest.mark.parametrize("path", ["/mon-compte/", "/inscription/", "/activation/x/", "/api/v1/", "/une-page-a-venir/"])
def test_families_read_when_the_portal_is_back(works, path):
    with time_machine.travel(NOON + HOUR / 2, tick=False):
        response = at_the_door(path)
    assert response.status_code == 503
    assert response["Retry-After"] == "1800"
    text = response.content.decode().replace("\u00a0", " ")
    assert "14 h" in text
    assert "brouillon" not in text
    assert "02 61 91 44 00" in text


@pytest.mark.parametrize("path", ["/connexion/", "/admin/", "/gestion/", "/etat/", "/sante/prete", "/brand/x.css"])
def test_staff_enter_and_everybody_reads_what_is_public(works, path):
    with time_machine.travel(NOON + HOUR / 2, tick=False):
        assert at_the_door(path) is None


@pytest.mark.parametrize("moment", [NOON - timedelta(seconds=1), NOON + HOUR])
def test_outside_the_window_the_doors_are_open(works, moment):
    with time_machine.travel(moment, tick=False):
        assert at_the_door("/mon-compte/") is None


def test_who_may_be_signed_in_can_leave_during_the_works(works):
    request = RequestFactory().get("/mon-compte/")
    with time_machine.travel(NOON + HOUR / 2, tick=False):
        assert "Me déconnecter" not in at_the_door("/mon-compte/").content.decode()
        request.COOKIES["session"] = "whatever"
        middleware = OrganisationMiddleware(lambda request: HttpResponse())
        middleware(request)
        closed = middleware.process_view(request, lambda request: HttpResponse(), [], {})
    assert "Me déconnecter" in closed.content.decode()


def test_a_closed_door_costs_no_query_when_warm(works, django_assert_num_queries):
    with time_machine.travel(NOON + HOUR / 2, tick=False):
        at_the_door("/mon-compte/")
        with django_assert_num_queries(0):
            at_the_door("/mon-compte/")


@pytest.mark.parametrize("before", [timedelta(days=2), timedelta(0)])
def test_the_sign_in_page_tells_works_to_come_and_under_way(works, client, before, django_assert_num_queries):
    with time_machine.travel(NOON - before, tick=False):
        client.get("/connexion/")
        with django_assert_num_queries(0):
            text = client.get("/connexion/").content.decode().replace("\u00a0", " ")
    assert "jusqu’à 14 h" in text


def test_the_sign_in_page_shows_the_organisations_message(client):
    organisation = example("solidarite-familles-estuaire")
    organisation.sign_in_notice = "Nos bureaux ferment vendredi."
    organisation.save()
    assert "Nos bureaux ferment vendredi." in client.get("/connexion/").content.decode()
