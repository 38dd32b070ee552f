"""The first page: what waits, who is at home, the last sign-in; the same work for any family."""

import html
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from tests.accounts.factories import account, sign_in
from tests.people.factories import Role, acting, household, living, person
from xpassfam.ui.gathering import Todo

pytestmark = pytest.mark.django_db
# Of the first page, one is for the rights, as last counted: nothing of them is counted there.
BUDGETS = {"/mon-compte/": 12, "/mon-compte/foyer/": 8}


def family_of(count):
    home = household("Foyer Gautier", postcode="44000", town="Nantes")
    camille = person("Camille Gautier")
    living(camille, home)
    acting(camille, home)
    for rank in range(2, count + 1):
        child = person(f"Enfant{rank} Gautier", mark=rank)
        living(child, home, Role.DEPENDENT_CHILD, rank=rank, is_shared=rank % 2 == 0)
    return account(camille)


def page_of(client):
    response = client.get("/mon-compte/")
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def queries_of(client, page):
    client.get(page)  # the process warms up: the organisation, the templates
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    return len(queries)


@pytest.mark.parametrize("page", BUDGETS)
def test_a_family_of_any_size_costs_the_same_queries(client, page):
    costs = {}
    for size in (1, 4, 12):
        client.cookies.clear()
        sign_in(client, family_of(size).email)
        costs[size] = queries_of(client, page)

    assert len(set(costs.values())) == 1
    assert costs[1] <= BUDGETS[page]


def test_it_greets_and_says_that_nothing_waits(client):
    sign_in(client, family_of(2).email)
    client.post("/mon-compte/confirmation/")

    page = page_of(client)

    assert "Bonjour Camille" in page
    assert "Rien ne vous attend. Tout est à jour." in page
    assert "À faire par vous" not in page


def test_it_shows_the_household_and_the_numbers_people_look_for(client):
    someone = family_of(4)
    someone.person.member_number = "ESF-2019-004812-K"
    someone.person.save()
    sign_in(client, someone.email)

    page = page_of(client)

    assert "ESF-2019-004812-K" in page
    assert someone.person.residences.get().household.file_number in page
    assert [name for name in ("Camille Gautier", "Enfant2", "Enfant4") if name not in page] == []


def test_the_first_sign_in_says_so_and_the_next_one_tells_when_the_last_was(client):
    someone = family_of(1)
    with time_machine.travel("2026-11-22T19:41:00Z", tick=False) as clock:
        sign_in(client, someone.email)
        assert "C’est votre première connexion." in page_of(client)

        client.post("/deconnexion/")
        clock.shift(timedelta(hours=12))
        sign_in(client, someone.email)
        assert "Hier à 20\u00a0h\u00a041" in page_of(client)


def test_what_waits_comes_first_with_one_main_button():
    items = [
        Todo(title=f"Chose {n}", note="Deux minutes.", link_text="Faire", link_url="/", icon="users") for n in (1, 2)
    ]

    page = render_to_string("dashboard/family/todo.html", {"todo": items})

    assert page.index("Chose 1") < page.index("Chose 2")
    assert page.count('class="btn s go"') == 1
