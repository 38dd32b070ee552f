"""The event behind an error page is kept for agents, as best one can, without a personal word."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import RequestFactory
from django.utils import timezone

from xpassfam.support.actions import incidents
from xpassfam.support.models import Incident
from xpassfam.ui import incidents as pages

pytestmark = pytest.mark.django_db


def failed(error: Exception, *, status: int = 500) -> str:
    request = RequestFactory().post("/mon-compte/camille@example.org/", {"message": "typed words"})
    request.resolver_match = None
    try:
        raise error
    except type(error) as raised:
        return pages.record(request, status, error=raised)


def test_it_tells_what_failed_and_where_and_nothing_that_was_typed():
    code = failed(ValueError("camille@example.org"))
    kept = Incident.objects.get(code=code)

    assert (kept.status, kept.method, kept.error) == (500, "POST", "builtins.ValueError")
    assert "tests/support/test_incidents.py" in kept.trace
    assert "camille" not in str(list(Incident.objects.values()))
    assert "typed" not in str(list(Incident.objects.values()))


def test_places_are_named_from_the_portal_on():
    kept = Incident.objects.get(code=failed(ValueError()))

    assert all(not line.startswith("/") for line in kept.trace.splitlines())


def test_while_the_database_is_away_it_waits_for_the_next():
    first = failed(OperationalError(), status=503)
    assert not Incident.objects.exists()

    second = failed(ValueError())
    assert set(Incident.objects.values_list("code", flat=True)) == {first, second}


def test_programs_that_look_for_holes_fill_no_table():
    for _ in range(incidents.MOST_A_MINUTE + 20):
        failed(LookupError(), status=404)

    assert Incident.objects.count() <= 2 * incidents.MOST_A_MINUTE  # the minute may end meanwhile


def test_a_page_of_an_error_links_to_the_assistance_with_its_code(client):
    text = client.get("/nulle-part/").content.decode()
    code = Incident.objects.get().code

    assert f'href="/assistance/?incident={code}"' in text


def test_its_time_over_it_is_gone():
    failed(ValueError())

    assert incidents.purge(before=timezone.now() - timedelta(minutes=1)) == 0
    assert incidents.purge(before=timezone.now() + timedelta(minutes=1)) == 1
