"""The whole history: everything of mine, nothing of others, a page at a time."""

import csv
import html
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.accounts.factories import account, sign_in
from tests.people.factories import acting, household, living, person
from xpassfam.accounts import history as accounts_history
from xpassfam.accounts.models import KnownDevice, Session
from xpassfam.journal.actions import Actor, write
from xpassfam.journal.kinds import Audience, Kind
from xpassfam.journal.models import Line
from xpassfam.journal.pages import Key
from xpassfam.organisation.models import Organisation
from xpassfam.outbox.models import Message

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 20, 9, 5, tzinfo=UTC)
ADDRESS = "/mon-compte/historique/"
SHARED = Kind("people.test", "Adresse changée : {address}.", Audience.HOUSEHOLD)


@pytest.fixture
def camille(monkeypatch):
    monkeypatch.setitem(__import__("xpassfam.journal.kinds", fromlist=["KINDS"]).KINDS, SHARED.code, SHARED)
    someone, home = person("Camille Martin"), household()
    living(someone, home)
    acting(someone, home)
    return account(someone, email="camille@example.org")


@pytest.fixture
def client(camille):
    client = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"})
    sign_in(client, "camille@example.org")
    return client


def home_of(camille):
    return camille.person.residences.get().household


def note(camille, text, *, at=AT, by=None, home=None):
    return write(
        SHARED,
        by=by or Actor("agent", "n", "Nadia Ferrand"),
        at=at,
        household=(home or home_of(camille)).public_id,
        facts={"address": text},
    )


def page(client, **asked):
    response = client.get(ADDRESS, {"depuis": "", **asked})
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def test_what_i_did_and_what_was_done_on_my_file_stand_together(client, camille):
    note(camille, "4 rue Neuve")
    shown = page(client)
    assert "Connexion depuis Firefox, Windows." in shown
    assert "Adresse changée : 4 rue Neuve." in shown
    assert "Nadia Ferrand, pour l’organisation" in shown


def test_another_home_s_lines_and_another_person_s_own_lines_are_never_shown(client, camille):
    note(camille, "secret", home=household("Foyer Moreau"))
    other = account(email="karim@example.org")
    sign_in(Client(headers={"user-agent": "Chrome/140"}), "karim@example.org")
    write(accounts_history.SIGNED_OUT, by=other.actor, at=AT, account=other.public_id, person=other.person.public_id)
    assert "secret" not in page(client)
    assert "Chrome" not in page(client)


def test_lines_for_the_staff_only_stay_with_the_staff(client, camille):
    write(
        accounts_history.CODE_ISSUED,
        by=Actor("system"),
        at=AT,
        household=home_of(camille).public_id,
        person=camille.person.public_id,
    )
    assert "code d’activation" not in page(client)


def test_a_page_has_fifty_lines_and_leads_to_older_ones_without_gap_or_repeat(client, camille):
    for number in range(120):
        note(camille, f"n° {number:03}", at=AT + timedelta(minutes=number // 3))
    seen, address = [], ADDRESS + "?depuis="
    while address:
        shown = html.unescape(client.get(address).content.decode())
        seen += [line.split(".")[0] for line in shown.split("n° ")[1:]]
        older = re.search(r'href="([^"]*avant=[^"]*)"', shown)
        address = older and older[1]
    assert sorted(seen) == [f"{number:03}" for number in range(120)]


@pytest.mark.parametrize("lines", [1, 300])
def test_the_page_costs_the_same_queries_whatever_the_history(client, camille, lines):
    for number in range(lines):
        note(camille, str(number), at=AT + timedelta(minutes=number))
    page(client)
    with CaptureQueriesContext(connection) as queries:
        page(client)
    assert len(queries) == 5


def test_it_is_filtered_by_who_what_and_since_when(client, camille):
    note(camille, "4 rue Neuve")
    assert "4 rue Neuve" not in page(client, quoi="acces")
    assert "Connexion depuis" not in page(client, quoi="foyer")
    assert "4 rue Neuve" not in page(client, qui="moi")
    assert "Connexion depuis" not in page(client, qui="agents")
    note(camille, "très ancien", at=timezone.now() - timedelta(days=200))
    assert "très ancien" not in page(client, depuis="90")
    assert "très ancien" in page(client, depuis="365")


@pytest.mark.parametrize("asked", [{"avant": "x"}, {"avant": "9" * 40}, {"qui": "personne"}, {"depuis": "-1"}])
def test_an_address_made_up_shows_a_history_and_no_error(client, asked):
    assert client.get(ADDRESS, asked).status_code == 200


def test_the_table_to_take_away_holds_every_line_and_no_formula(client, camille):
    for number in range(60):
        note(camille, str(number), by=Actor("agent", "n", "=1+1"))
    response = client.get("/mon-compte/historique.csv", {"depuis": ""})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0] == ["Date", "Heure", "Qui", "Quoi", "Appareil"]
    assert len(rows) == 1 + Line.objects.filter(audience__in=["self", "household"]).count()
    assert not [cell for row in rows for cell in row if cell.startswith("=")]
    assert not [cell for row in rows for cell in row if cell == "'"]


def contest(client, line):
    return client.post(ADDRESS + "contestation/", {"ligne": str(Key.of(line))})


def test_not_me_ends_the_other_sessions_tells_the_organisation_and_is_written(client, camille):
    Organisation(support_email="aide@example.org").save()
    thief = Client(headers={"user-agent": "Chrome/140"})
    sign_in(thief, "camille@example.org")
    line = Line.objects.filter(kind="accounts.signed_in").latest("id")
    assert contest(client, line).headers["Location"].endswith("/mot-de-passe/")
    assert Session.objects.count() == 1
    assert KnownDevice.objects.count() == 1
    assert thief.get("/mon-compte/").status_code == 302
    assert Message.objects.filter(to="aide@example.org").exists()
    assert "« Ce n’est pas moi »" in page(client).replace("\u00a0", " ")


def test_only_a_sign_in_of_one_s_own_can_be_contested(client, camille):
    other = account(email="karim@example.org")
    sign_in(Client(), "karim@example.org")
    theirs = Line.objects.filter(kind="accounts.signed_in", account=other.public_id).get()
    assert contest(client, theirs).status_code == 404
    assert contest(client, note(camille, "4 rue Neuve")).status_code == 404
    assert client.get(ADDRESS + "contestation/").status_code == 405
