"""The first page says what is open and what comes, as last counted."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.accounts.factories import account, sign_in
from tests.entitlements.homes import Home, publish
from tests.household.families import read
from tests.people.factories import acting
from xpassfam.entitlements.actions import evaluate_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(db):
    publish("R01", "R04", "R05", "R07")
    family = Home()
    today = timezone.localdate()
    family.living_on(984, today.replace(day=1))
    # Turns six in eleven days.
    sixth = today + timedelta(days=11)
    family.ines = family.child("Inès", sixth.replace(year=sixth.year - 6))
    acting(family.camille, family.row)
    evaluate_due(at=timezone.now())
    return family


def page(client, who):
    sign_in(client, account(who).email)
    return read(client, "/mon-compte/").replace("\u00a0", " ")


def test_it_says_how_many_rights_are_open_and_what_comes_first(client, home):
    text = page(client, home.camille)

    assert "3 droits ouverts aujourd’hui." in text
    assert "Aide à la garde" in text
    assert "jusqu’à 450 €" in text
    assert "Inès aura 6 ans" in text
    assert "dans 11 jours" in text
    assert "Se ferme : Aide à la garde, pour Inès." in text


def test_who_may_not_read_the_home_s_rights_reads_none_of_them(client, home):
    lea = home.child("Léa", date(2003, 1, 15))
    acting(lea, home.row, permission="view")
    evaluate_due(at=timezone.now())
    text = page(client, lea)

    assert "Aide à la garde" not in text
    assert "Carte Pass Famille" not in text


def test_before_a_home_is_counted_nothing_is_said(client, home):
    other = Home("Foyer Moreau")
    acting(other.camille, other.row)
    assert "droits ouverts" not in page(client, other.camille)
