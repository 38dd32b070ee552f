"""What comes is known: which day, why, which rights, for whom."""

from dataclasses import replace
from datetime import date

import pytest

from tests.entitlements.test_families_of_the_demo import _loaded  # noqa: F401 (the demo's families)
from xpassfam.entitlements.asking import Timeline
from xpassfam.entitlements.coming import YEAR, Cause, What, coming, seen_by
from xpassfam.entitlements.published import book
from xpassfam.entitlements.reading import home_of
from xpassfam.entitlements.wording.coming import advice_of, lines_of, title_of, wait_of
from xpassfam.people.models import Household
from xpassfam.rules.visibility import Viewer

pytestmark = pytest.mark.django_db
REFERENCE = date(2026, 11, 23)
NBSP = "\u00a0"


def comes(file_number, today=REFERENCE):
    rules = book()
    home = home_of(Household.objects.get(file_number=file_number))
    return coming(Timeline(home, today, today + YEAR, rules.on, rules.edges), after=today)


def plain(texts):
    return [text.replace(NBSP, " ") for text in texts]


def test_eighteen_in_two_days_closes_a_child_s_right_and_the_home_s():
    emma = comes("SFE-67114")[0]

    assert (emma.on, emma.cause, emma.age) == (date(2026, 11, 25), Cause.BIRTHDAY, 18)
    assert (title_of(emma), wait_of(emma, REFERENCE)) == ("Emma aura 18 ans", "dans 2 jours")
    assert plain(lines_of(emma)) == [
        "Se ferme : Centre de loisirs à tarif réduit, pour Emma.",
        "Se ferme : Transports familles nombreuses.",
    ]


def test_six_closes_what_is_for_the_young_and_opens_what_is_for_school():
    soizic = comes("SFE-95552")[0]

    assert soizic.on == date(2026, 12, 24)
    assert [(turn.code, turn.what) for turn in soizic.turns] == [("R04", What.CLOSES), ("R07", What.OPENS)]
    assert soizic.last_day == date(2026, 12, 23)


def test_a_season_says_its_last_day_then_when_it_comes_back():
    ends, begins = [one for one in comes("SFE-85473") if one.cause in (Cause.SEASON_ENDED, Cause.SEASON_BEGINS)]

    assert (ends.on, begins.on) == (date(2026, 12, 1), date(2027, 6, 1))
    assert plain([title_of(ends)]) == ["Les demandes se terminent : Coup de pouce rentrée"]
    assert "30 novembre" in advice_of(ends)
    assert plain(lines_of(begins)) == ["S’ouvre : Coup de pouce rentrée (80 €), pour Inès."]


def test_a_document_that_ends_names_itself_and_its_last_day():
    lea = next(one for one in comes("SFE-93773") if one.cause is Cause.PAPER_ENDED)

    assert lea.on == date(2027, 9, 1)
    assert plain([title_of(lea)]) == ["Dernier jour d’un document de Léa : Certificat de scolarité"]
    assert {turn.code for turn in lea.turns} == {"R07", "R08"}
    assert "31 août 2027" in advice_of(lea)


def test_an_income_that_grows_old_leaves_open_rights_to_be_completed():
    [income] = [one for one in comes("SFE-95552") if one.cause is Cause.INCOME_ENDED]

    assert title_of(income) == "Votre quotient familial de septembre 2026 ne comptera plus"
    assert What.MAY_OPEN not in {turn.what for turn in income.turns}
    assert "R02" not in {turn.code for turn in income.turns}  # it was closed by the income itself


def test_an_age_that_families_ask_about_is_told_even_where_nothing_changes():
    [louis] = [one for one in comes("SFE-67114") if one.name == "Louis"]

    assert (louis.age, louis.turns) == (16, ())
    assert lines_of(louis) == ["Vos droits ne changent pas ce jour-là."]


def test_events_come_in_order_and_within_the_year():
    for home in ("SFE-85473", "SFE-67114", "SFE-69835"):
        days = [one.on for one in comes(home)]
        assert days == sorted(days)
        assert all(REFERENCE < day <= REFERENCE + YEAR for day in days)


def test_who_may_not_read_everything_knows_of_their_own_alone():
    events = comes("SFE-95552")
    nolwenn = next(one.person for one in events if one.name == "Nolwenn")
    viewer = Viewer(7, 1, REFERENCE, permission="view", role="dependent_child")

    seen = seen_by(events, viewer, person=nolwenn)
    assert {turn.person for event in seen for turn in event.turns} == {nolwenn}
    assert seen_by(events, replace(viewer, permission="all"), person=nolwenn) == events
