"""« Et si… »: what a change would open or close, side by side; nothing of it is kept."""

import html
import re
from datetime import date, timedelta
from fractions import Fraction

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.accounts.factories import account, sign_in
from tests.entitlements.homes import Home, noon, publish
from tests.entitlements.texts import SUMMER, VOCABULARY, changed, right
from tests.household.families import read
from tests.people.factories import acting
from xpassfam.accounts.models import Session
from xpassfam.entitlements.asking import ask
from xpassfam.entitlements.models import Evaluation
from xpassfam.entitlements.published import book
from xpassfam.entitlements.reading import home_of
from xpassfam.entitlements.rules import Rule, Rules
from xpassfam.entitlements.supposing import may_move_change
from xpassfam.entitlements.wording.supposing import would_change
from xpassfam.journal.models import Line
from xpassfam.rules.income import monthly_over

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)
PAGE = "/mon-compte/droits/et-si/"
MOVE = "Tout le foyer déménage ? Vos droits ne changent pas : ils ne dépendent pas de votre adresse."


@pytest.fixture
def home(db):
    with time_machine.travel(noon(DAY), tick=False):
        publish()
        family = Home()
        family.ines = family.child("Inès", date(2017, 6, 18))
        family.living_on(984, date(2026, 9, 1))
        acting(family.camille, family.row)
        family.client = Client()
        family.email = account(family.camille).email
        sign_in(family.client, family.email)
        yield family


def tried(home, **asked):
    """By what would become of them: title, for whom, today, then."""
    home.client.get(PAGE)
    found = home.client.post(PAGE, asked)
    assert found.status_code == 200
    rows = [(group.title, row) for group in found.context.get("groups", []) for row in group.rows]
    return {
        (title, row.title, row.whom): (row.before.replace("\u00a0", " "), row.after.replace("\u00a0", " "))
        for title, row in rows
    }


def said(home, **asked):
    return html.unescape(home.client.post(PAGE, asked).content.decode())


def test_a_child_to_come_opens_its_rights(home):
    found = tried(home, naissance="03/10/2026")

    assert found["S’ouvrirait", "Aide à la garde", "Votre enfant"] == ("pas ouvert", "jusqu’à 450 €")
    assert found["S’ouvrirait", "Noël des enfants", "Votre enfant"] == ("pas ouvert", "40 €")


def test_a_shared_child_brings_half(home):
    found = tried(home, naissance="2016-04-01", alternee="on")
    assert found["S’ouvrirait", "Coup de pouce rentrée", "Votre enfant"] == ("pas ouvert", "40 €")


def test_an_adult_who_leaves_and_an_income_are_tried_at_once(home):
    found = tried(home, part=home.karim.public_id, quotient="721")

    assert found["S’ouvrirait", "Soutien parent seul", "Tout le foyer"] == ("pas ouvert", "25 € par mois")
    assert found["Changerait de montant", "Coup de pouce rentrée", "Inès"] == ("80 €", "120 €")


def test_a_child_who_leaves_closes_what_was_theirs(home):
    found = tried(home, part=home.ines.public_id)
    assert found["Se fermerait", "Aide au départ en vacances", "Inès"] == ("150 €", "pas ouvert")
    assert ("Se fermerait", "Carte Pass Famille", "Tout le foyer") in found


def test_a_document_opens_what_waited_for_it(home):
    found = tried(home, document="disability_decision", pour=home.ines.public_id)
    assert found == {("S’ouvrirait", "Majoration handicap", "Inès"): ("pas ouvert", "300 €")}


def test_an_activity_is_each_parent_s(home):
    home.child("Adam", date(2023, 2, 9))
    found = tried(home, activite="retired")
    assert list(found) == [("Se fermerait", "Aide à la garde", "Adam")]


def test_what_changes_nothing_says_so(home):
    assert "Vos droits d’aujourd’hui resteraient les mêmes." in said(home, quotient="985")


def test_a_move_of_the_home_is_told_to_change_nothing(home):
    assert MOVE in html.unescape(read(home.client, PAGE)).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("old", "new", "profile"),
    [
        ("all:\n", "all:\n    - {document: {kind: proof_of_address, of: adults}}\n", "asso"),
        ("all:\n", "all:\n    - not: {document: proof_of_address}\n", "asso"),
        ("texts:\n", "proofs: [proof_of_address]\ntexts:\n", "asso"),
        ("title", "title", "adm"),  # a town's families are its inhabitants
    ],
)
def test_where_a_right_may_hang_on_where_one_lives_nothing_is_promised(old, new, profile):
    def may(text, profile):
        return may_move_change(Rules(VOCABULARY, (Rule(right(text)),)), profile)

    assert not may(SUMMER, "asso")
    assert may(changed(old, new), profile)


def test_what_is_tried_leaves_no_trace_in_an_address(home):
    """An address stays in logs and in the browser's history: a child's birth date has no place there."""
    form = read(home.client, PAGE).split("<main", 1)[1].split("<form", 1)[1]
    assert 'method="post"' in form.split(">", 1)[0]
    assert "csrfmiddlewaretoken" in form
    assert "Avec ce changement" not in read(home.client, f"{PAGE}?naissance=03/10/2026")


@pytest.mark.parametrize(
    ("asked", "mended"),
    [
        ({"naissance": "demain"}, "Écrivez le jour, le mois et l’année."),
        ({"quotient": "peu"}, "Écrivez un nombre entier."),
        ({"document": "school_certificate"}, "Choisissez à qui serait ce document."),
        ({"part": "somebody-else"}, "somebody-else"),
    ],
)
def test_what_can_t_be_read_is_said_and_the_page_still_answers(home, asked, mended):
    assert mended in said(home, **asked)


def test_nothing_tried_answers_nothing(home):
    assert "Avec ce changement" not in said(home)


def test_nothing_is_kept(home):
    read(home.client, PAGE)
    lines = Line.objects.count()
    with CaptureQueriesContext(connection) as queries:
        said(home, naissance="03/10/2026", quotient="500")

    assert Line.objects.count() == lines
    assert not Evaluation.objects.exists()
    assert not [query for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert len(queries) <= 12


def test_what_was_typed_when_the_session_ended_is_there_after_the_sign_in(home):
    Session.objects.update(expire_date=noon(DAY))
    typed = {"naissance": "03/10/2026", "part": home.karim.public_id}
    with time_machine.travel(noon(DAY) + timedelta(minutes=1)):
        asked = home.client.post(PAGE, typed, headers={"referer": f"http://testserver{PAGE}"})
        carried = re.search(r'name="carried" value="([^"]+)"', asked.content.decode())[1]
        sign_in(home.client, home.email, next=PAGE, carried=carried)
        page = read(home.client, PAGE)

    assert 'value="03/10/2026"' in page
    assert re.search(rf'value="{home.karim.public_id}"[^>]* checked', page)
    assert "Avec ce changement" not in page


def test_who_may_not_read_the_home_s_rights_may_not_try_them(home):
    lea = home.child("Léa", date(2003, 1, 15))
    acting(lea, home.row, permission="view")
    client = Client()
    sign_in(client, account(lea).email)
    read(client, PAGE, status=404)


def test_a_no_by_the_income_alone_says_by_how_much_a_month(home):
    """F2: 1 211 € and four parts, three children."""
    for name, born in (("Nolwenn", date(2009, 8, 14)), ("Soizic", date(2012, 8, 27))):
        home.child(name, born)
    home.living_on(1211, date(2026, 10, 1))
    rules = book()
    found = ask(home_of(home.row), DAY, rules.on, edges=rules.edges)
    [ines] = [one for one in found.answers if one.right.code == "R02" and one.person.name == "Inès"]

    assert would_change(ines, found).replace("\u00a0", " ") == (
        "44 € de ressources en moins par mois pour le foyer. Vous recevriez alors 80 €."
    )


def test_resources_over_a_limit_are_rounded_up():
    four = Fraction(4)
    assert [monthly_over(cents, 1200, four) for cents in (1211_00, 1200_30, 900_00)] == [44_00, 2_00, 0]
