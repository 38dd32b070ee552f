"""A session comes to its end under somebody's hands: said two minutes before, prolonged by a key, nothing lost."""

import sqlite3

import pytest
from playwright.sync_api import expect

from tests.journeys.site import DATABASE, FAMILY_PASSWORD

ODILE = "odile.lambert@example.org"
PAGE = "/mon-compte/profil/telephone/"


@pytest.fixture
def odile(visit, site):
    """Signed in, on a form, with a little more than two minutes left."""
    visitor = visit()
    visitor.signs_in_as(ODILE, FAMILY_PASSWORD)
    return visitor


def leave(site, seconds):
    """Every open session ends so soon, unless somebody prolongs it."""
    with sqlite3.connect(site.var / DATABASE, timeout=20) as database:
        database.execute(f"UPDATE accounts_session SET expire_date = datetime('now', '+{seconds} seconds')")


def test_it_is_said_two_minutes_before_and_a_key_prolongs_it(odile, site):
    leave(site, 123)
    odile.open(PAGE)
    odile.page.locator("main form input:not([type=hidden])").first.fill("06 39 98 00 77")
    warning = odile.page.get_by_role("alertdialog", name="Toujours là")
    expect(warning).to_be_visible(timeout=10_000)
    expect(odile.page.get_by_role("button", name="Rester connecté")).to_be_focused()
    odile.look()
    odile.page.keyboard.press("Enter")
    expect(warning).to_be_hidden()
    expect(odile.page.locator("main form input:not([type=hidden])").first).to_have_value("06 39 98 00 77")
    left = odile.page.evaluate("fetch('/connexion/session/').then((answer) => answer.json())")
    assert left["left"] > 3000


def test_another_window_that_was_used_meanwhile_spares_the_warning(odile, site):
    leave(site, 124)
    odile.open(PAGE)
    leave(site, 3600)
    odile.page.wait_for_timeout(6000)
    expect(odile.page.get_by_role("alertdialog")).to_be_hidden()


def test_once_it_has_ended_what_was_typed_is_sent_and_comes_back(odile, site):
    odile.open(PAGE)
    field = odile.page.locator("main form input:not([type=hidden])").first
    field.fill("06 39 98 00 78")
    leave(site, 0)
    odile.page.evaluate("() => { const one = document.querySelector('xp-session'); one.set(1); one.tick(); }")
    expect(odile.page.get_by_role("heading", name="Votre session est terminée")).to_be_visible(timeout=20_000)
    odile.press("Revenir à la page")
    field.press("Enter")
    odile.sees_heading("Me connecter")
    odile.reads("ce que vous avez écrit sera là")
    odile.sign_in(ODILE, FAMILY_PASSWORD)
    expect(odile.page.locator("main form input:not([type=hidden])").first).to_have_value("06 39 98 00 78")


def test_nothing_stays_in_the_browser_s_storage_after_signing_out(odile):
    odile.page.evaluate("localStorage.setItem('kept', 'x'); sessionStorage.setItem('kept', 'x')")
    odile.press("Me déconnecter")
    odile.sees_heading("Me connecter")
    kept = odile.page.evaluate("[localStorage.length, sessionStorage.length]")
    assert kept == [0, 0]
    odile.page.go_back()
    odile.sees_heading("Me connecter")
