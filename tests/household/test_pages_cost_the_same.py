"""Queries of the pages of data: a fixed number, whatever the family and whatever waits."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.household.families import allow, ask_for_address, send
from tests.people.factories import Role, living, person
from xpassfam.rules.field_policy import Mode

pytestmark = pytest.mark.django_db
BUDGETS = {
    "/mon-compte/": 12,
    "/mon-compte/foyer/": 10,
    "/mon-compte/profil/": 10,
    "/mon-compte/confirmation/": 10,
    "/mon-compte/profil/nom/": 10,
}


def cost(client, page):
    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        client.get(page)
    return len(queries)


@pytest.mark.parametrize("page", BUDGETS)
def test_a_larger_family_with_more_that_waits_costs_no_more(family, page):
    client = family.client(family.camille)
    before = cost(client, page)

    for rank in range(6, 12):
        living(person(f"Enfant{rank} Martin", None), family.home, Role.DEPENDENT_CHILD, rank=rank)
    allow(phone=Mode.APPROVAL)
    send(client, "/mon-compte/profil/telephone/", phone="06 39 98 12 40")
    ask_for_address(client)

    assert cost(client, page) == before
    assert before <= BUDGETS[page]
