"""Administrators write what is offered, and look at it before families do."""

import pytest
from django.test import Client

from tests.accounts.factories import account, sign_in
from tests.household.families import agent_client, read
from xpassfam.journal.models import Line
from xpassfam.services.models import Service, UsefulNumber

ADD = "/admin/services/service/add/"


@pytest.fixture
def thierry(db):
    client = Client()
    sign_in(client, account(role="administrator", email="thierry@organisation.example").email)
    return client


def write(client, shelf, **typed):
    facts = {"title": "Colonies", "slug": "colonies", "category": shelf.pk, "summary": "Partir.", "position": 1}
    return client.post(ADD, facts | typed)


def test_a_draft_is_looked_at_as_a_family_will_and_then_published(thierry, shelf, camille):
    assert write(thierry, shelf).status_code == 302
    draft = Service.objects.get()
    assert "les familles ne le voient pas" in read(thierry, f"/admin/services/service/{draft.pk}/apercu/")
    assert camille.get("/mon-compte/services/colonies/").status_code == 404

    typed = {"title": "Colonies", "slug": "colonies", "category": shelf.pk, "summary": "Partir loin.", "position": 1}
    thierry.post(f"/admin/services/service/{draft.pk}/change/", typed | {"is_published": "on"})

    assert "Partir loin." in read(camille, "/mon-compte/services/colonies/")
    assert "ce que lisent les familles" in read(thierry, f"/admin/services/service/{draft.pk}/apercu/")
    assert Line.objects.filter(kind="services.written").count() == 2


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"partner_url": "http://billets.example/"}, "commence par https://"),
        ({"opens_on": "2026-12-02", "closes_on": "2026-12-01"}, "Échangez les deux dates"),
        ({"phone": "appelez"}, "Écrivez le numéro comme"),
        ({"right": "r 2"}, "Par exemple"),
    ],
)
def test_what_can_not_be_is_told_at_its_field(thierry, shelf, typed, told):
    response = write(thierry, shelf, **typed)
    assert response.status_code == 200
    assert told in response.content.decode().replace("&#x27;", "’")
    assert not Service.objects.exists()


def test_a_number_is_removed_and_the_history_says_so(thierry):
    thierry.post(
        "/admin/services/usefulnumber/add/",
        {"label": "Écoute", "phone": "02 61 91 44 20", "position": 1, "is_published": "on"},
    )
    number = UsefulNumber.objects.get()
    thierry.post(f"/admin/services/usefulnumber/{number.pk}/delete/", {"post": "yes"})
    assert not UsefulNumber.objects.exists()
    assert Line.objects.filter(kind="services.removed").count() == 1


def test_agents_write_none(shelf):
    client = agent_client()
    assert write(client, shelf).status_code in (302, 403)
    assert not Service.objects.exists()
