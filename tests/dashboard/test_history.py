"""The whole history: everything of mine, nothing of others, a page at a time."""

import csv
import html
import io
import re
from datetime import timedelta
from itertools import chain

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.accounts.factories import account, sign_in
from tests.dashboard.history import ADDRESS, AT, CHANGED, TABLE, home_of, note, page
from tests.people.factories import Role, acting, household, living, person
from xpassfam.accounts import history as accounts_history
from xpassfam.household import history as household_history
from xpassfam.journal.actions import Actor, write
from xpassfam.journal.kinds import KINDS
from xpassfam.journal.models import Line
from xpassfam.journal.pages import Key
from xpassfam.organisation.models import Organisation

pytestmark = pytest.mark.django_db


def test_what_i_did_and_what_was_done_on_my_file_stand_together(as_camille, camille):
    note(camille, "4 rue Neuve")
    shown = page(as_camille)
    assert "Connexion depuis Firefox, Windows." in shown
    assert "Adresse changée : 4 rue Neuve." in shown
    assert "Nadia Ferrand, pour l’organisation" in shown


def test_another_home_s_lines_and_another_person_s_own_lines_are_never_shown(as_camille, camille):
    note(camille, "secret", home=household("Foyer Moreau"))
    other = account(email="karim@example.org")
    sign_in(Client(headers={"user-agent": "Chrome/140"}), "karim@example.org")
    write(accounts_history.SIGNED_OUT, by=other.actor, at=AT, account=other.public_id, person=other.person.public_id)
    assert "secret" not in page(as_camille)
    assert "Chrome" not in page(as_camille)


def test_lines_for_the_staff_only_stay_with_the_staff(as_camille, camille):
    write(
        accounts_history.CODE_ISSUED,
        by=Actor("system"),
        at=AT,
        household=home_of(camille).public_id,
        person=camille.person.public_id,
    )
    assert "code d’activation" not in page(as_camille)


def walk(client, address, towards):
    """The numbers of the lines, page after page, and the address of the last page."""
    seen, pages = [], []
    while address:
        pages.append(address)
        shown = html.unescape(client.get(address).content.decode())
        seen.append([line.split(".")[0] for line in shown.split("n° ")[1:]])
        found = re.search(rf'href="([^"]*{towards}=[^"]*)"', shown)
        address = found and found[1]
    return seen, pages[-1]


def test_pages_lead_to_older_lines_and_back_without_gap_or_repeat(as_camille, camille):
    for number in range(120):
        note(camille, f"n° {number:03}", at=AT + timedelta(minutes=number // 3))
    older, last = walk(as_camille, ADDRESS, "avant")
    assert sorted(chain(*older)) == [f"{number:03}" for number in range(120)]
    assert len(older[0]) < 51
    newer, first = walk(as_camille, last, "apres")
    assert sorted(chain(*newer)) == sorted(chain(*older))
    assert first != last


def test_after_the_newest_line_comes_the_first_page(as_camille, camille):
    newest = note(camille, "4 rue Neuve", at=timezone.now())
    assert "4 rue Neuve" in page(as_camille, apres=str(Key.of(newest)))


@pytest.mark.parametrize("lines", [1, 300])
def test_the_page_costs_the_same_queries_whatever_the_history(as_camille, camille, lines):
    for number in range(lines):
        note(camille, str(number), at=AT + timedelta(minutes=number))
    page(as_camille)
    with CaptureQueriesContext(connection) as queries:
        page(as_camille)
    assert len(queries) == 7


@pytest.mark.parametrize(
    "asked",
    [{"avant": "x"}, {"avant": "9" * 40}, {"apres": "²" * 3 + "-" + "a" * 64}, {"qui": "personne"}, {"quoi": "\x00"}],
)
def test_an_address_made_up_shows_a_history_and_no_error(as_camille, asked):
    assert as_camille.get(ADDRESS, asked).status_code == 200


def test_the_table_to_take_away_holds_every_line_and_no_formula(as_camille, camille):
    for number in range(60):
        note(camille, str(number), by=Actor("agent", "n", "=1+1"))
    response = as_camille.get(TABLE)
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0] == ["Date", "Heure", "Fait par", "Concerne", "Quoi", "Avant", "Après", "Appareil"]
    assert len(rows) == 1 + Line.objects.filter(audience__in=["self", "household"]).count()
    assert not [cell for row in rows for cell in row if cell.startswith("=")]
    assert not [cell for row in rows for cell in row if cell == "'"]


def test_what_was_and_what_is_stand_under_the_line_and_in_the_table(as_camille, camille):
    note(camille, "…", kind=CHANGED, facts={"before": "2 rue Basse", "after": "4 rue Neuve"})
    assert "Avant : 2 rue Basse. Après : 4 rue Neuve." in page(as_camille).replace("\u00a0", " ")
    table = b"".join(as_camille.get(TABLE).streaming_content).decode()
    assert ";2 rue Basse;4 rue Neuve;" in table


def test_what_was_only_asked_or_refused_changed_nothing(as_camille, camille):
    facts = {"what": "adresse", "before": "2 rue Basse", "after": "4 rue Neuve", "reason": "Illisible."}
    for code in (
        household_history.ASKED,
        household_history.REFUSED,
        household_history.WITHDRAWN,
        household_history.OPENED,
    ):
        note(camille, "", kind=KINDS[code], facts=facts)
    shown = page(as_camille).replace("\u00a0", " ")
    assert "Changement refusé : adresse. Demandé : 4 rue Neuve." in shown
    assert "Avant :" not in shown


def test_what_a_change_did_is_said_once(as_camille, camille):
    facts = {"what": "adresse", "before": "2 rue Basse", "after": "4 rue Neuve"}
    note(camille, "", kind=KINDS[household_history.APPROVED], facts=facts)
    assert page(as_camille).count("4 rue Neuve") == 1


def test_whom_a_line_concerns_is_told_by_name_where_one_may_see_them(as_camille, camille):
    child, stranger = person("Inès Martin"), person("Tom Secret")
    living(child, home_of(camille), Role.DEPENDENT_CHILD, rank=2)
    note(camille, "a", person=child.public_id)
    note(camille, "b", person=stranger.public_id)
    shown = page(as_camille)
    assert "pour Inès" in shown
    assert "Secret" not in shown
    assert "Tom" not in shown


def test_the_table_says_whom_each_line_concerns_oneself_too(as_camille, camille):
    child = person("Inès Martin")
    living(child, home_of(camille), Role.DEPENDENT_CHILD, rank=2)
    note(camille, "rue enfant", person=child.public_id)
    note(camille, "rue moi", person=camille.person.public_id)
    note(camille, "rue foyer")
    text = b"".join(as_camille.get(TABLE).streaming_content).decode("utf-8-sig")
    told = {row[4]: row[3] for row in csv.reader(io.StringIO(text), delimiter=";")}
    streets = {what.split()[-1].rstrip("."): whom for what, whom in told.items() if "rue" in what}
    assert streets == {"enfant": "Inès Martin", "moi": "Vous", "foyer": ""}
    assert next(whom for what, whom in told.items() if what.startswith("Connexion")) == "Vous"


def test_from_which_device_another_adult_acts_is_not_told(as_camille, camille):
    karim = Actor("family", "k", "Karim Benali")
    note(camille, "4 rue Neuve", by=karim, device="Chrome, Android")
    assert "Karim Benali" in page(as_camille)
    assert "Chrome, Android" not in page(as_camille)
    assert b"Chrome, Android" not in b"".join(as_camille.get(TABLE).streaming_content)


def test_an_organisation_may_keep_its_agents_names_for_itself(as_camille, camille):
    note(camille, "4 rue Neuve")
    Organisation(agents_are_named=False).save()
    assert "Nadia" not in page(as_camille)
    assert "Un agent, pour l’organisation" in page(as_camille)
    assert b"Nadia" not in b"".join(as_camille.get(TABLE).streaming_content)


def test_another_household_acted_for_has_its_own_history(as_camille, camille):
    other = household("Foyer Moreau")
    acting(camille.person, other)
    note(camille, "ici")
    note(camille, "là-bas", home=other)
    assert "là-bas" not in page(as_camille)
    as_camille.post("/mon-compte/foyer/choix/", {"household": other.public_id})
    assert "là-bas" in page(as_camille)
    assert "ici" not in page(as_camille)


@pytest.mark.parametrize("formula", ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", " \u00a0=1+1", "\n=1", "＝1+1"])
def test_no_cell_of_the_table_is_a_formula(as_camille, camille, formula):
    note(camille, "…", kind=CHANGED, facts={"before": formula, "after": formula})
    text = b"".join(as_camille.get(TABLE).streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert all(row[5][0] == "'" and row[6][0] == "'" for row in rows if row[5] not in ("", "Avant"))
