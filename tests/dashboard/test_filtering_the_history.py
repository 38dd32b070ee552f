"""By whom, about whom, what, between which days: one by one and together."""

import html
import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.accounts.factories import account
from tests.dashboard.history import ADDRESS, AT, TABLE, home_of, note, page
from tests.people.factories import Role, acting, household, living, person
from xpassfam.journal.actions import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def karim(camille):
    someone = person("Karim Benali")
    living(someone, home_of(camille), Role.PARTNER, rank=2)
    acting(someone, home_of(camille))
    return account(someone, email="karim@example.org")


@pytest.mark.parametrize(
    ("who", "shown"),
    [("", "cdnp"), ("moi", "c"), ("karim", "d"), ("agents", "n"), ("systeme", "p"), ("somebody", "cdnp")],
)
def test_by_whom_it_was_done(as_camille, camille, karim, who, shown):
    note(camille, "rue c", by=camille.actor)
    note(camille, "rue d", by=karim.actor)
    note(camille, "rue n")
    note(camille, "rue p", by=Actor("system"))
    seen = page(as_camille, qui=karim.public_id if who == "karim" else who)
    assert "".join(re.findall(r"rue (\w)", seen)) == "".join(sorted(shown, key=re.findall(r"rue (\w)", seen).index))
    assert set(re.findall(r"rue (\w)", seen)) == set(shown)


def test_whom_it_concerns(as_camille, camille, karim):
    note(camille, "rue c", person=camille.person.public_id)
    note(camille, "rue k", person=karim.person.public_id)
    seen = page(as_camille, pour=karim.person.public_id)
    assert ("rue k" in seen, "rue c" in seen) == (True, False)


def test_a_stranger_can_t_be_asked_for(as_camille, camille):
    """The lists name the household only: what else is in the address is not asked."""
    stranger = account(person("Tom Secret"))
    seen = page(as_camille, qui=stranger.public_id, pour=stranger.person.public_id)
    assert "Secret" not in seen
    assert "Connexion depuis" in seen


def test_what(as_camille, camille):
    note(camille, "4 rue Neuve")
    assert "4 rue Neuve" not in page(as_camille, quoi="acces")
    assert "Connexion depuis" not in page(as_camille, quoi="foyer")


@pytest.mark.parametrize(
    "written", ["20/11/2026", "20 novembre 2026", "2026-11-20", "20.11.2026", "20/11/26", "20 nov. 26"]
)
def test_between_days_as_people_write_them_both_included(as_camille, camille, written):
    for day, name in ((19, "veille"), (20, "jour"), (21, "lendemain")):
        note(camille, f"rue {name}", at=datetime(2026, 11, day, 22, 59, tzinfo=UTC))
    seen = page(as_camille, du=written, au=written)
    assert re.findall(r"rue (\w+)", seen) == ["jour"]


def test_all_together_on_the_page_and_in_the_table(as_camille, camille, karim):
    note(camille, "rue oui", by=karim.actor, person=camille.person.public_id)
    note(camille, "rue autre jour", by=karim.actor, person=camille.person.public_id, at=AT - timedelta(days=2))
    note(camille, "rue autre acteur", person=camille.person.public_id)
    note(camille, "rue autre personne", by=karim.actor)
    asked = {
        "qui": karim.public_id,
        "pour": camille.person.public_id,
        "quoi": "foyer",
        "du": "20/11/2026",
        "au": "20/11/2026",
    }
    assert re.findall(r"rue (\w+)", page(as_camille, **asked)) == ["oui"]
    table = b"".join(as_camille.get(TABLE, asked).streaming_content).decode()
    assert re.findall(r"rue (\w+)", table) == ["oui"]


@pytest.mark.parametrize("typed", ["hier", "31/02/2026", "12", "3 mars", "20/11/206"])
def test_a_date_that_can_t_be_read_is_said_so_and_kept(as_camille, camille, typed):
    note(camille, "4 rue Neuve")
    seen = page(as_camille, du=typed)
    assert "Écrivez le jour, le mois et l’année." in seen
    assert re.search(r"<title>Erreur\s: Historique", seen)
    assert f'value="{typed}"' in seen


def test_a_list_that_is_not_the_one_asked_is_not_shown_nor_given(as_camille, camille):
    note(camille, "4 rue Neuve")
    seen = page(as_camille, du="20/11/2026", au="hier")
    assert "4 rue Neuve" not in seen
    assert "Corrigez les dates" in seen
    assert as_camille.get(TABLE, {"au": "hier"}).headers["Location"] == f"{ADDRESS}?au=hier"


def test_an_end_before_the_beginning_is_said_so(as_camille):
    assert "Échangez les deux dates" in page(as_camille, du="20/11/2026", au="19/11/2026")


def test_no_result_is_not_nothing_yet(as_camille, camille):
    seen = page(as_camille, du="01/01/2001", au="02/01/2001")
    assert "Aucune ligne ne correspond" in seen
    assert f'href="{ADDRESS}"' in seen


def test_a_page_beside_keeps_what_was_asked(as_camille, camille):
    for number in range(60):
        note(camille, f"n° {number:02}")
    shown = html.unescape(as_camille.get(ADDRESS, {"qui": "agents", "du": "3 mars 2026"}).content.decode())
    assert re.search(r'href="[^"]*qui=agents&du=3\+mars\+2026&avant=', shown)
    assert re.search(r'href="/mon-compte/historique.csv\?qui=agents&du=3\+mars\+2026', shown)


def test_a_person_of_another_household_is_not_in_the_lists(as_camille):
    other = person("Tom Secret")
    living(other, household("Foyer Secret"))
    assert "Secret" not in page(as_camille)
