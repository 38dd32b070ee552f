"""A child shared with another home: the agent reads whose before deciding, says so, and that home is told."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.accounts.mailbox import received
from tests.filings.factories import desk
from tests.filings.test_shipped_procedures import TODAY, approve, send
from tests.household.homes import entered, outsider, shown
from tests.people.factories import Role, living
from tests.people.factories import household as new_home
from xpassfam.filings import verdicts
from xpassfam.filings.actions import deciding
from xpassfam.filings.agents import foreseen
from xpassfam.filings.effects import CannotTakeEffect
from xpassfam.people.models import Household, Residence

pytestmark = pytest.mark.django_db
NUMBER = "ESF-2019-004813-E"


@pytest.fixture
def room():
    return desk()


@pytest.fixture
def antoine():
    someone = outsider("Antoine Moreau", NUMBER)
    Household.objects.filter(pk=home_of(someone).pk).update(name="Foyer Moreau", town="Vannes")
    return someone


def home_of(someone):
    return someone.person.residences.first().household


def share(room, number=NUMBER):
    answers = {"child": room.home.child.public_id, "since": TODAY, "rhythm": "week", "sharing": "half"}
    return send(room, "D06", answers | {"proof": "judgment"} | ({"other_parent": number} if number else {}))


def pages(room, sent):
    client = entered(room.nadia)
    page = f"/gestion/demandes/{sent.public_id}/"
    return client, page


def said(filing):
    return " ".join(foreseen.foreseen(filing, on=timezone.localdate())).replace("\u00a0", " ")


def test_the_agent_reads_whose_home_it_is_before_deciding(room, antoine):
    client, page = pages(room, share(room))

    for address in (page, page + "valider/"):
        text = shown(client.get(address))
        assert f"Antoine Moreau porte le numéro {NUMBER}, dans un autre foyer : Foyer Moreau, Vannes." in text
        assert "Inès y apparaîtra" in text


def test_a_yes_needs_a_tick(room, antoine):
    sent = share(room)
    client, page = pages(room, sent)
    said = {"seen": sent.version, "step": "send"}

    refused = client.post(page + "valider/", said)
    assert "Vérifiez à qui l’enfant sera montré" in shown(refused)
    assert not Residence.objects.filter(household=home_of(antoine), person=room.home.child).exists()

    client.post(page + "valider/", said | {"verified": home_of(antoine).public_id})
    assert Residence.objects.filter(household=home_of(antoine), person=room.home.child).exists()


def test_a_tick_for_one_home_is_none_for_another(room, antoine):
    sent = share(room)
    client, page = pages(room, sent)
    before = home_of(antoine).public_id
    Residence.objects.filter(person=antoine.person).update(until=timezone.localdate())
    living(antoine.person, new_home("Foyer Neuf"))

    answer = client.post(page + "valider/", {"seen": sent.version, "step": "send", "verified": before})

    assert "Vérifiez à qui l’enfant sera montré" in shown(answer)


def test_the_tick_goes_through_the_preview(room, antoine):
    sent = share(room)
    client, page = pages(room, sent)
    said = {"seen": sent.version, "step": "preview", "verified": home_of(antoine).public_id}

    text = shown(client.post(page + "valider/", said))

    assert f'name="verified" value="{home_of(antoine).public_id}"' in text


def test_where_the_child_lives_there_already_nothing_is_to_be_ticked(room, antoine):
    living(room.home.child, home_of(antoine), Role.DEPENDENT_CHILD)
    sent = share(room, number="")
    client, page = pages(room, sent)

    assert "Inès vit déjà dans l’autre foyer : Foyer Moreau, Vannes." in said(sent)
    assert client.post(page + "valider/", {"seen": sent.version, "step": "send"}).status_code == 302


def test_the_adults_of_the_other_home_are_told_without_an_address(room, antoine):
    received()
    approve(room, share(room))

    mails = [mail for mail in received() if mail.to == ["odile@example.org"]]
    assert [mail.subject for mail in mails] == ["Inès vit aussi dans votre foyer"]
    assert "résidence alternée" in mails[0].body
    assert "02 61 91 44 00" in mails[0].body
    assert "Lilas" not in mails[0].body
    assert "Nantes" not in mails[0].body


def test_the_agent_is_told_of_a_number_that_leads_nowhere(room):
    sent = share(room)
    client, page = pages(room, sent)

    assert "ne mène à aucun autre foyer" in shown(client.get(page))
    with pytest.raises(CannotTakeEffect, match="aucun autre foyer"):
        approve(room, sent)


def test_the_agent_is_told_of_a_number_that_leads_to_two_homes(room, antoine):
    living(antoine.person, new_home("Foyer Second"))
    sent = share(room)

    assert "mène à plusieurs foyers" in said(sent)
    with pytest.raises(CannotTakeEffect, match="plusieurs foyers"):
        approve(room, sent)


def test_the_agent_is_told_where_no_number_was_given(room):
    assert "rien ne change dans un autre foyer" in said(share(room, number=""))


def test_both_homes_are_locked_together_in_one_order(room, antoine):
    sent = share(room)
    with CaptureQueriesContext(connection) as queries:
        approve(room, sent)

    homes = {room.home.household.pk, home_of(antoine).pk}
    table = Household._meta.db_table
    locks = [
        one["sql"]
        for one in queries.captured_queries
        if f'SELECT "{table}"."id"' in one["sql"] and all(str(pk) in one["sql"] for pk in homes)
    ]
    assert locks[0].split("ORDER BY")[1].split()[0] in ("1", f'"{table}"."id"')


def test_a_reserve_is_not_lifted_without_the_tick(room, antoine):
    sent = share(room)
    reserved = verdicts.Verdict("approved_under_reserve", limits="L’original du jugement.")
    deciding.decide(sent, reserved, seen=sent.version, by=room.nadia, at=timezone.now())
    sent.refresh_from_db()
    client, page = pages(room, sent)

    refused = client.post(page + "reserve/", {"seen": sent.version})
    assert "Vérifiez à qui l’enfant sera montré" in shown(refused)

    answer = client.post(page + "reserve/", {"seen": sent.version, "verified": home_of(antoine).public_id})
    assert answer.status_code == 302
