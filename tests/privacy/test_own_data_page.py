"""« Mes données »: what, why, how long, who, from where; and where to go from there."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.accounts.factories import account
from tests.household.homes import entered, leave, read
from tests.people.factories import person
from tests.privacy.lives import a_life
from xpassfam.privacy import sources

pytestmark = pytest.mark.django_db
PAGE = "/mon-compte/mes-donnees/"


def test_each_category_says_why_how_long_who_and_from_where():
    life = a_life()
    page = read(entered(life.camille), PAGE)

    for one in sources.categories():
        for said in (one.title, one.what, one.why, one.basis, one.kept, one.seen_by, one.source):
            assert str(said).replace("\u00a0", " ").replace("\u202f", " ") in page


def test_it_shows_the_person_s_own_values_and_counts():
    life = a_life()
    page = read(entered(life.camille), PAGE)

    assert "camille@example.org" in page
    assert "Camille Martin, Karim Benali, Inès Benali" in page
    assert "1 élément" in page


def test_it_tells_whom_to_write_to_and_where_to_complain():
    life = a_life()
    page = read(entered(life.camille), PAGE)

    assert "dpo@solidarite-estuaire.example" in page
    assert "cnil.fr/fr/plaintes" in page
    for link in ("/mon-compte/profil/", "/mon-compte/mes-donnees/telecharger/", "/mon-compte/mes-donnees/fermer/"):
        assert f'href="{link}"' in page


def test_it_is_one_click_from_any_page_and_from_the_account_menu():
    life = a_life()
    assert PAGE in read(Client(), "/connexion/")
    assert read(entered(life.camille), "/mon-compte/").count(f'href="{PAGE}"') >= 2


def test_who_acts_for_nobody_has_it_too():
    nora = account(person("Nora Sans-Foyer"), email="nora@example.org")
    assert "nora@example.org" in read(entered(nora), PAGE)


def test_who_left_the_home_no_longer_reads_it_there():
    life = a_life()
    leave(life.desk.home, life.karim)
    life.karim.person.accesses.update(until="2026-01-01", since="2020-01-01")
    page = read(entered(life.karim), PAGE)

    assert "Inès" not in page


def test_staff_have_none():
    life = a_life()
    assert entered(life.desk.nadia).get(PAGE).headers["Location"] == "/gestion/"


def test_it_costs_the_same_for_a_large_family():
    life = a_life()
    client = entered(life.camille)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    for _number in range(3):
        life.desk.filed()
    with CaptureQueriesContext(connection) as many:
        client.get(PAGE)
    assert len(many) == len(few) <= 40
