"""How the promise was kept, on the help page too: read in trouble, so without the database as well."""

from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError, connection

from tests.household.homes import couple, shown
from tests.support.calling import MONDAY, agent, ticket
from xpassfam.support.actions import answering

pytestmark = pytest.mark.django_db


def away(*_query):
    raise OperationalError("gone")


def test_the_figure_is_on_the_help_page_and_stays_there_while_the_database_is_away(client):
    by, camille = agent(), couple().holder
    for number in range(6):
        one = ticket(camille, at=MONDAY + timedelta(minutes=number))
        answering.answer(one, text="Oui.", closes=True, form_key="k", by=by, at=MONDAY + timedelta(hours=2))
    told = "48 heures, qui ne courent que les jours ouvrés. Sur 90 jours, 100 réponses sur 100 sont arrivées à temps."
    later = MONDAY + timedelta(days=5)
    with time_machine.travel(later, tick=False):
        assert told in shown(client.get("/aide/"))
    with time_machine.travel(later + timedelta(minutes=2), tick=False), connection.execute_wrapper(away):
        assert told in shown(client.get("/aide/"))


def test_a_process_that_starts_while_the_database_is_away_tells_the_promise_and_no_figure(client):
    with connection.execute_wrapper(away):
        page = shown(client.get("/aide/"))
    assert "Nous promettons une réponse en 48 heures" in page
    assert "sont arrivées à temps" not in page
