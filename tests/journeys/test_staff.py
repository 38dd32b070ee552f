"""The organisation's people: an agent at the desk, an administrator who sets the portal."""

import io
import re
import time
from datetime import timedelta

import pyotp
import pytest
from django.utils.timezone import localtime
from PIL import Image
from playwright.sync_api import expect

from tests.journeys.site import ADMINISTRATOR, AGENT, STAFF_PASSWORD, STARTED_PASSWORD

SETTINGS = "/admin/organisation/organisation/1/change/"
NEW_AGENT = "jeanne.kerboul@solidarite-estuaire.example"
PLUM = "#7a2e6d"
# Each process keeps what the organisation says for ten seconds at most, and a busy machine answers late.
PATIENCE_SECONDS = 30
BRAND = "getComputedStyle(document.documentElement).getPropertyValue('--brand').trim()"
ROWS_OF_TABS = "new Set([...document.querySelectorAll('.tabs a')].map((tab) => tab.offsetTop)).size"
ON_THE_WALL = "%Y-%m-%dT%H:%M"


@pytest.fixture
def administrator(visit):
    visitor = visit()
    visitor.signs_in_as(ADMINISTRATOR, STAFF_PASSWORD)
    yield visitor
    configure(visitor, brand_colour="", maintenance_from="", maintenance_until="", without_logo=True)
    families = visit()
    families.open("/inscription/")
    reload_until(families, "document.querySelector('[name=last_name]') !== null")


def configure(visitor, **settings):
    visitor.open(SETTINGS)
    for name, value in settings.items():
        field = visitor.page.locator(f"[name={name}]")
        if value is True:
            field.check()
        elif isinstance(value, dict):
            field.set_input_files(value)
        else:
            field.fill(value)
    visitor.press("Enregistrer")
    visitor.reads("C’est enregistré.")


def reload_until(visitor, condition):
    """One process may show it, and the one that serves the next page not yet: ask again at each page."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not visitor.page.evaluate(condition):
        if time.monotonic() > end:
            pytest.fail(f"{visitor.page.url} never showed it: {condition}")
        visitor.page.wait_for_timeout(500)
        visitor.page.reload()


def test_an_agent_arrives_at_the_desk_and_sets_nothing(visit):
    agent = visit()
    agent.open("/connexion/")
    agent.sign_in(AGENT, STAFF_PASSWORD)
    agent.look("Le code de votre application")
    agent.gives_the_code(AGENT)
    agent.look("Bonjour Nadia")
    assert agent.page.evaluate(ROWS_OF_TABS) == 1  # at 1280 pixels, with all that an agent may have
    expect(agent.page).to_have_url(re.compile("/gestion/$"))
    agent.open("/admin/")
    agent.look("Cette page ne vous est pas ouverte")
    agent.press("Me déconnecter")
    agent.sees_heading("Me connecter")


def test_a_new_agent_turns_a_second_step_on_before_the_first_page(visit):
    thierry, agent = visit(), visit(width=390, javascript=False)
    thierry.signs_in_as(ADMINISTRATOR, STAFF_PASSWORD)
    thierry.open("/admin/accounts/account/add/")
    for name, value in (("email", NEW_AGENT), ("first_name", "Jeanne"), ("last_name", "Kerboul")):
        thierry.page.locator(f"[name={name}]").fill(value)
    thierry.press("Enregistrer")
    agent.open(agent.link_of(NEW_AGENT, "Choisissez votre mot de passe"))
    agent.type(new_password=STARTED_PASSWORD)
    agent.press("Changer le mot de passe")
    agent.sign_in(NEW_AGENT, STARTED_PASSWORD)
    agent.look("Activer une deuxième étape")
    agent.type(code="000000")
    agent.press("Activer l’application")
    agent.reads("Ce n’est pas le code du moment")
    key = agent.page.locator("[data-text]").inner_text().replace(" ", "")
    agent.type(code=pyotp.TOTP(key).now())
    agent.press("Activer l’application")
    agent.look("Bonjour Jeanne")


def test_a_family_has_no_way_to_the_desk(visit):
    family = visit()
    family.signs_in_as("camille.martin@example.org", "canot-brume-tuile-41")
    family.open("/gestion/")
    family.look("Cette page ne vous est pas ouverte")


def test_the_brand_an_administrator_chooses_is_on_the_sign_in_page(administrator, visit):
    family = visit()
    family.open("/connexion/")
    before = family.page.evaluate(BRAND)
    configure(administrator, brand_colour=PLUM)
    reload_until(family, f"{BRAND} !== '{before}'")
    assert family.page.evaluate(BRAND) == PLUM
    family.look("Me connecter")


def test_families_read_until_when_the_portal_is_closed(administrator, visit, site):
    now = localtime()
    until = (now + timedelta(hours=3)).replace(minute=40)
    configure(
        administrator,
        maintenance_from=(now - timedelta(minutes=1)).strftime(ON_THE_WALL),
        maintenance_until=until.strftime(ON_THE_WALL),
    )
    administrator.look()

    family = visit()
    family.open("/inscription/")
    reload_until(family, "document.querySelector('[name=last_name]') === null")
    family.look("Mon compte est en travaux")
    family.reads(f"{until.hour}\u00a0h\u00a0{until:%M}")
    assert family.watches[0].document.status == 503
    family.open("/connexion/")
    reload_until(family, "document.body.innerText.includes('Travaux en cours')")
    family.sign_in("camille.martin@example.org", "canot-brume-tuile-41")
    family.reads("Votre mot de passe est bon")
    family.look("Me connecter")


def picture(colour):
    written = io.BytesIO()
    Image.new("RGB", (400, 120), colour).save(written, "PNG")
    return {"name": "logo.png", "mimeType": "image/png", "buffer": written.getvalue()}


HAS_LOGO = "document.querySelector('.logo img') !== null"


def test_a_logo_and_a_display_that_somebody_chose_are_on_every_page(administrator, visit):
    configure(administrator, logo_file=picture("#204080"), dark_logo_file=picture("#e0e8ff"))
    family = visit("firefox-esr")
    family.open("/connexion/")
    reload_until(family, HAS_LOGO)
    shown = family.page.locator(".logo img:visible")
    light = shown.get_attribute("src")

    family.press("Sombre")
    family.sees_heading("Me connecter")
    reload_until(family, HAS_LOGO)
    family.look()
    expect(family.page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(family.page.get_by_role("button", name="Sombre", exact=True)).to_have_attribute("aria-current", "true")
    dark = shown.get_attribute("src")
    assert dark != light
    for path in ("/aide/", "/nulle-part/"):
        family.open(path)
        reload_until(family, HAS_LOGO)
        family.look()
        expect(family.page.locator("html")).to_have_attribute("data-theme", "dark")
        assert shown.get_attribute("src") == dark
    family.press("Automatique")
    expect(family.page.locator("html")).not_to_have_attribute("data-theme", re.compile("."))

    configure(administrator, without_logo=True)
    family.open("/connexion/")
    reload_until(family, f"!({HAS_LOGO})")


def test_every_page_has_room_for_a_wide_logo(administrator, visit):
    configure(administrator, logo_file=picture("#204080"), dark_logo_file=picture("#e0e8ff"))
    administrator.open(SETTINGS)
    reload_until(administrator, "document.querySelector('#site-name img') !== null")
    administrator.look()
    administrator.open("/gestion/")
    reload_until(administrator, HAS_LOGO)
    administrator.look()
    family = visit()
    family.open("/connexion/")
    reload_until(family, HAS_LOGO)
    family.look("Me connecter")
    family.sign_in("camille.martin@example.org", "canot-brume-tuile-41")
    family.sees_heading("Bonjour Camille")
    reload_until(family, HAS_LOGO)
    family.look()


def test_an_administrator_is_told_who_opens_files_and_an_agent_makes_a_letter(administrator, visit):
    administrator.open("/gestion/changements/")
    administrator.look("Cette page est aux agents")
    agent = visit()
    agent.signs_in_as(AGENT, STAFF_PASSWORD)
    agent.open("/gestion/foyers/?q=SFE-85473")
    agent.page.get_by_role("link", name="Foyer Martin-Benali").first.click()
    agent.look("Foyer Martin-Benali")
    agent.page.get_by_role("link", name="Nouveau code d’activation").first.click()
    agent.look("Nouveau code d’activation")
    with agent.page.expect_download() as letter:
        agent.press("Faire la lettre (PDF)")
    assert letter.value.path().read_bytes().startswith(b"%PDF-")
