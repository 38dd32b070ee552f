"""Everything is lost: from the ticket to the letter, which another than who started it prints."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.accounts.factories import sign_in
from tests.accounts.recoveries import code_of, print_as, settled, text_of
from tests.household.homes import entered, shown
from tests.support.calling import agent, ticket
from xpassfam.accounts.actions import recovering
from xpassfam.accounts.models import Recovery

pytestmark = pytest.mark.django_db
DESK = "/gestion/assistance/"


def page_of(one, by) -> str:
    return shown(entered(by).get(f"{DESK}{one.public_id}/"))


def link_in(page: str) -> str:
    found = re.search(r'href="(/gestion/securite/secours/[^"]+)"', page)
    return found[1] if found else ""


def test_the_ticket_leads_to_the_letter_and_another_agent_prints_it():
    camille = settled()
    nadia, olivier = agent(), agent(email="olivier@example.org")
    one = ticket(identifier=camille.email, topic="sign_in", message="J’ai perdu ma boîte et mon téléphone.")
    start = link_in(page_of(one, nadia))

    told = shown(entered(nadia).post(start, {"is_known": "on"}))
    recovery = Recovery.objects.get()
    assert (recovery.account, recovery.started_by, recovery.loses_mailbox) == (camille, nadia, True)
    assert re.search(r"[2-9A-Z]{3}-[2-9A-Z]{3}", told)

    mine = print_as(Client(), camille, nadia)
    assert mine.status_code == 302
    paper = print_as(Client(), camille, olivier)
    assert code_of(paper)
    assert "3 RUE DES GRANGES" in text_of(paper)
    assert "un secours est déjà en cours" in page_of(one, nadia).lower()


def test_where_no_letter_is_safe_the_ticket_says_why_and_offers_none():
    camille = settled(known_since_days=3)
    page = page_of(ticket(camille), agent())

    assert link_in(page) == ""
    assert "L’adresse du dossier est connue depuis moins de 30 jours." in page


def test_a_blocked_account_gets_none():
    camille = settled()
    camille.blocked_at = timezone.now()
    camille.save(update_fields=["blocked_at"])

    assert recovering.hindrance(camille, at=timezone.now()) == "closed"
    assert link_in(page_of(ticket(identifier=camille.email), agent())) == ""


def test_of_a_proved_ticket_the_agent_sees_what_stopped_its_writer():
    camille = settled()
    sign_in(Client(), camille.email, "pas-le-bon-mot")
    page = page_of(ticket(camille), agent())

    assert "Ses connexions manquées" in page
    assert "Mot de passe faux" in page


def test_of_one_that_proves_nothing_the_agent_is_told_nothing_more():
    camille = settled()
    sign_in(Client(), camille.email, "pas-le-bon-mot")

    assert "Ses connexions manquées" not in page_of(ticket(identifier=camille.email), agent())


def test_one_that_waits_a_day_more_is_possible_on_the_day():
    camille = settled(known_since_days=29)
    now = timezone.now()

    assert recovering.hindrance(camille, at=now) == "new"
    assert recovering.hindrance(camille, at=now + timedelta(days=1, minutes=1)) == ""
