"""What homes have the right to is kept, counted again only where something changed, and told by the history."""

import json
import re
from datetime import date, timedelta

import pytest
from django.test import Client

from tests.accounts.factories import account, sign_in
from tests.documents.giving import give
from tests.entitlements.homes import BY, Home, noon, publish
from tests.household.families import Family, read
from tests.people.factories import acting
from xpassfam.documents.actions import judging
from xpassfam.documents.models import Document, Verdict
from xpassfam.entitlements import for_privacy
from xpassfam.entitlements.actions import evaluate_due, publish_right
from xpassfam.entitlements.models import Evaluation
from xpassfam.entitlements.shipped import DEFINITIONS
from xpassfam.journal.models import Line
from xpassfam.people.models import Household
from xpassfam.rules.visibility import Viewer

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)
NBSP = "\u00a0"


@pytest.fixture
def home(db):
    publish("R04", "R05", "R07")
    family = Home()
    family.child("Inès", date(2020, 12, 24))
    family.living_on(984, date(2026, 9, 1))
    return family


def count(day=DAY, **more):
    return evaluate_due(at=noon(day), **more)


def answers(home):
    return {one["code"]: one["answer"] for one in home.evaluation.answers}


def said():
    return [line.payload.words for line in Line.objects.filter(kind="entitlements.changed").order_by("pk")]


def test_a_home_is_counted_once_then_left_alone(home):
    assert [count(), count(), count(DAY + timedelta(days=1))] == [1, 0, 0]
    assert answers(home) == {"R04": "yes", "R05": "yes", "R07": "no"}


def test_what_is_counted_for_the_first_time_has_not_changed(home):
    count()
    assert said() == []


def test_a_new_income_makes_that_home_due_and_no_other(home):
    other = Home("Foyer Moreau")
    count()
    home.living_on(2000, date(2026, 10, 1))

    assert count() == 1
    assert answers(home) == {"R04": "no", "R05": "no", "R07": "no"}
    assert answers(other)


def test_the_day_of_a_change_makes_its_home_due(home):
    count()
    assert home.evaluation.look_again_on == date(2026, 12, 24)

    assert count(date(2026, 12, 23)) == 0
    assert count(date(2026, 12, 24)) == 1
    assert answers(home) == {"R04": "no", "R05": "yes", "R07": "yes"}


def test_new_rules_make_every_home_due(home):
    Home("Foyer Moreau")
    assert count() == 2

    text = (DEFINITIONS / "r05-centre-de-loisirs.yaml").read_text(encoding="utf-8")
    publish_right(text.replace("T3: 30", "T3: 35"), by=BY, at=noon(DAY))
    assert count() == 2
    [leisure] = [one for one in home.evaluation.answers if one["code"] == "R05"]
    assert (leisure["version"], leisure["given"]["percent"]) == (2, 35)


def test_a_verdict_on_a_document_makes_its_home_due(home):
    family = Family()
    document = give(family, family.camille, "school_certificate", about=family.ines)
    while count():
        pass
    judging.judge(document, verdict=Verdict.ACCEPTED, by=BY, at=noon(DAY))
    assert count() == 1
    judging.withdraw_verdict(document, reason="La date était fausse.", by=BY, at=noon(DAY))
    assert count() == 1


def certificate(home, child, key, verdict="pending", **more):
    if verdict == "accepted":
        more |= {"verdict_by": "Nadia", "verdict_at": noon(DAY)}
    return Document.objects.create(
        household=home.row, person=child, kind="school_certificate", issued_on=date(2026, 9, 1), given_by=home.camille,
        valid_until=date(2027, 8, 31), given_at=noon(DAY), form_key=key, verdict=verdict, **more,
    )  # fmt: skip


def test_a_document_that_waits_to_replace_another_takes_nothing_away(home):
    lea = home.child("Léa", date(2004, 5, 20))
    new = certificate(home, lea, "new")
    certificate(home, lea, "old", "accepted", replaced_by=new)
    count()

    assert {one["answer"] for one in home.evaluation.answers if one["name"] == "Léa" and one["code"] == "R07"} == {
        "yes"
    }


def test_the_history_says_what_changed_and_why(home):
    count()
    count(date(2026, 12, 24))

    [words] = said()
    line = Line.objects.get(kind="entitlements.changed")
    facts = json.loads(words)["facts"]
    trace = {one["right"]: one for one in json.loads(facts["trace"])}
    assert facts["rights"].replace(NBSP, " ") == (
        "Aide à la garde pour Inès (oui jusqu’à 450 €, puis non) ; Pass culture et sport pour Inès (non, puis oui 60 €)"
    )
    assert line.household == home.row.public_id
    assert set(trace) == {"R04", "R07"}
    [age] = [one for one in trace["R04"]["reasons"] if one["decides"]]
    assert (age["met"], age["value"], trace["R04"]["version"]) == ("no", "6 ans".replace(" ", " "), 1)


def test_the_history_page_hands_out_the_reasons_to_who_may_read_them(home, client):
    acting(home.camille, home.row)
    count()
    count(date(2026, 12, 24))
    sign_in(client, account(home.camille).email)
    link = re.search(r'href="(/mon-compte/droits/changements/[^"]+)"', read(client, "/mon-compte/historique/"))[1]
    found = client.get(link)

    assert found["Content-Disposition"].startswith("attachment")
    assert {one["right"] for one in found.json()["rights"]} == {"R04", "R07"}
    other = Home("Foyer Moreau")
    acting(other.camille, other.row)
    stranger = Client()
    sign_in(stranger, account(other.camille).email)
    assert stranger.get(link).status_code == 404


def test_a_home_is_told_once_a_day_and_the_rest_the_next(home):
    count()
    home.living_on(2000, date(2026, 10, 1))
    count()
    home.living_on(500, date(2026, 11, 1))
    count()
    assert len(said()) == 1

    assert count(DAY + timedelta(days=1)) == 1
    assert len(said()) == 2
    assert count(DAY + timedelta(days=1)) == 0


def test_what_comes_back_to_what_was_told_is_not_told(home):
    count()
    home.living_on(2000, date(2026, 10, 1))
    home.living_on(984, date(2026, 10, 1))
    count()
    assert said() == []


def test_homes_are_counted_in_blocks_that_ask_the_same_queries(home, django_assert_max_num_queries):
    for number in range(6):
        Home(f"Foyer {number}")
    with django_assert_max_num_queries(30):
        assert count(most=7) == 7
    assert count(most=3) == 0


def test_without_any_rule_nothing_is_counted(db):
    Home()
    assert count() == 0


def test_each_reads_their_own_home(home):
    Home("Foyer Moreau")
    count()
    viewer = Viewer(home.camille.pk, home.row.pk, DAY)
    assert [one.household for one in Evaluation.objects.visible_to(viewer)] == [home.row]
    assert Household.objects.count() == 2


def test_what_is_held_of_a_person_counts_the_answers_that_their_archive_has(home):
    count()
    access = acting(home.camille, home.row)

    [rights], [part] = for_privacy.held("", [access]), for_privacy.parts("", [access])
    assert rights.count == len(part.data["answers"]) == 3
