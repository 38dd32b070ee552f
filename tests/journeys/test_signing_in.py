"""What may go wrong at the door, and how the page says it."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.site import FAMILY_PASSWORD, STARTED_PASSWORD

CAMILLE, ODILE, THOMAS = (f"{name}@example.org" for name in ("camille.martin", "odile.lambert", "thomas.rousseau"))
FREE_TRIES = 5
FOCUSED = """() => { const on = document.activeElement, box = on.getBoundingClientRect(), style = getComputedStyle(on);
    return [on.name || on.innerText.replace(/\\s+/g, " ").trim(), style.outlineStyle !== "none" && box.width > 1
        && box.left >= 0 && box.top >= 0]; }"""
ANOTHER_TOKEN = "a" * 32


@pytest.fixture
def door(visit):
    """Somebody at the sign-in page."""
    visitor = visit()
    visitor.open("/connexion/")
    return visitor


def forget_the_token(visitor):
    """As after a night with the page open: the browser has another token than the page."""
    visitor.context.clear_cookies(name="csrf")
    visitor.context.add_cookies([{"name": "csrf", "value": ANOTHER_TOKEN, "url": visitor.site.url}])


def test_a_wrong_password_keeps_the_identifier_and_empties_the_password(door):
    door.sign_in("personne@example.org", "rien du tout")
    door.reads("L’identifiant et le mot de passe ne vont pas ensemble")
    expect(door.field("username")).to_have_value("personne@example.org")
    expect(door.field("password")).to_have_value("")
    door.look("Me connecter")


def test_an_empty_form_says_what_is_missing_and_leads_there(door):
    door.sign_in("", "")
    expect(door.page).to_have_title(re.compile("^Erreur"))
    expect(door.page.locator(".alert.no:visible")).to_be_focused()
    door.look("Me connecter")
    door.follow("Écrivez votre adresse e-mail ou votre numéro d’adhérent.")
    expect(door.field("username")).to_be_focused()


def test_a_pause_counts_down_and_a_mail_lifts_it(door):
    for _ in range(FREE_TRIES):
        door.sign_in(ODILE, "rien du tout")
    door.reads("La connexion est en pause pour protéger votre compte")
    door.look("Me connecter")
    left = door.page.locator("xp-countdown [data-left]")
    at_first = left.inner_text()
    expect(left).not_to_have_text(at_first)
    door.sign_in(ODILE, FAMILY_PASSWORD)
    door.reads("La connexion est en pause pour protéger votre compte")

    door.press("Recevoir un lien de déblocage")
    door.look("Regardez vos e-mails")
    path = door.link_of(ODILE, "Lever la pause de connexion")
    door.open(path)
    door.look("Lever la pause sur cet appareil")
    door.press("Lever la pause")
    door.reads("La pause est levée sur cet appareil, pendant 1 heure.")
    door.open(path)
    door.look("Ce lien a déjà servi")
    door.signs_in_as(ODILE, FAMILY_PASSWORD)


def test_a_blocked_access_is_told_to_its_owner(door):
    door.sign_in(THOMAS, FAMILY_PASSWORD)
    door.reads("Votre accès est bloqué")
    door.look("Me connecter")


def test_an_account_not_opened_yet_leads_back_to_the_mail(door, site):
    adult = site.newcomer()
    door.open("/inscription/")
    door.sign_up(adult, password=STARTED_PASSWORD)
    door.open("/connexion/")
    door.sign_in(adult.email, STARTED_PASSWORD)
    door.sees_heading("Regardez vos e-mails")
    door.reads(adult.email)


def test_caps_lock_is_named_on_the_spot(door):
    notice = door.page.get_by_text("La touche Verr. Maj. est active")
    key = "(field, on) => field.dispatchEvent(new KeyboardEvent('keydown', {key: 'A', modifierCapsLock: on}))"
    door.field("password").evaluate(key, True)
    expect(notice).to_be_visible()
    door.look()
    door.field("password").evaluate(key, False)
    expect(notice).to_be_hidden()


def test_pasting_works_and_its_stray_space_is_named(door):
    door.context.grant_permissions(["clipboard-read", "clipboard-write"])
    door.page.evaluate("text => navigator.clipboard.writeText(text)", f"{FAMILY_PASSWORD} ")
    door.field("username").fill(CAMILLE)
    door.field("password").focus()
    door.page.keyboard.press("Control+V")
    expect(door.field("password")).to_have_value(f"{FAMILY_PASSWORD} ")
    door.reads("Un espace s’est glissé à la fin du mot de passe.")
    door.look()
    door.page.keyboard.press("Enter")
    door.sees_heading("Bonjour Camille")


def test_a_typed_space_at_the_end_is_named_when_the_field_is_left(door):
    door.field("password").press_sequentially("abc ")
    door.page.keyboard.press("Tab")
    door.reads("Un espace s’est glissé à la fin du mot de passe.")


def test_naming_the_space_does_not_move_the_button_away_from_the_finger(door):
    door.field("username").fill(CAMILLE)
    door.field("password").press_sequentially(f"{FAMILY_PASSWORD} ")
    door.page.locator("main").get_by_role("button", name="Me connecter", exact=True).click()
    door.sees_heading("Bonjour Camille")


def test_the_password_shows_itself_and_hides_again(door):
    door.type(password="abc")
    door.press("Afficher le mot de passe")
    expect(door.field("password")).to_have_attribute("type", "text")
    door.look()
    door.press("Masquer le mot de passe")
    expect(door.field("password")).to_have_attribute("type", "password")


def test_the_keyboard_alone_signs_in_and_the_focus_is_always_seen(door):
    met = []
    for _ in range(20):
        door.page.keyboard.press("Tab")
        name, is_seen = door.page.evaluate(FOCUSED)
        assert is_seen, name
        met.append(name)
        if name == "username":
            door.page.keyboard.type(CAMILLE)
        if name == "password":
            door.page.keyboard.type(FAMILY_PASSWORD)
        if name == "Me connecter":
            break
    assert met[0] == "Aller au contenu"
    assert met[-4:] == ["password", "Afficher le mot de passe", "remember", "Me connecter"]
    assert met.index("username") == len(met) - 5
    door.page.keyboard.press("Enter")
    door.sees_heading("Bonjour Camille")


def test_the_page_asked_for_comes_after_the_door_and_never_another_site(visit):
    visitor = visit()
    visitor.open("/mon-compte/foyer/")
    visitor.sign_in(CAMILLE, FAMILY_PASSWORD)
    expect(visitor.page).to_have_url(re.compile("/mon-compte/foyer/$"))
    visitor.press("Me déconnecter")
    visitor.open("/connexion/?next=//autre.example/")
    visitor.sign_in(CAMILLE, FAMILY_PASSWORD)
    visitor.sees_heading("Bonjour Camille")


def test_a_browser_that_refuses_cookies_is_told_so(door):
    door.context.clear_cookies()
    door.sign_in(CAMILLE, FAMILY_PASSWORD)
    door.look("Votre navigateur refuse les cookies")


def test_a_page_left_open_comes_back_with_what_was_typed(door, site):
    forget_the_token(door)
    door.sign_in(CAMILLE, FAMILY_PASSWORD)
    door.reads("Cette page était ouverte depuis longtemps.")
    expect(door.field("username")).to_have_value(CAMILLE)
    door.look("Me connecter")
    door.sign_in(CAMILLE, FAMILY_PASSWORD)
    door.sees_heading("Bonjour Camille")


def test_a_long_form_left_open_comes_back_without_its_secrets(visit, site):
    adult = site.newcomer()
    visitor = visit()
    visitor.open("/inscription/")
    forget_the_token(visitor)
    visitor.sign_up(adult, password=STARTED_PASSWORD)
    visitor.reads("Cette page était ouverte depuis longtemps.")
    expect(visitor.field("last_name")).to_have_value(adult.last_name)
    expect(visitor.field("email")).to_have_value(adult.email)
    expect(visitor.field("password")).to_have_value("")
    visitor.look("Créer mon compte")


def test_a_sign_up_full_of_mistakes_names_each_of_them(visit):
    visitor = visit()
    visitor.open("/inscription/")
    visitor.type(first_name="Inès", email="ines", phone="12", password="motdepasse", activation_code="K7QF")
    visitor.press("Créer mon compte")
    expect(visitor.page.locator(".alert.no")).to_be_focused()
    named = visitor.page.locator(".alert.no li a").evaluate_all("links => links.map((link) => link.hash)")
    wanted = ("last_name", "member_number", "activation_code", "email", "phone", "password")
    assert list(dict.fromkeys(named)) == [f"#id_{name}" for name in wanted]
    expect(visitor.field("email")).to_have_value("ines")
    visitor.look("Créer mon compte")


def test_the_language_changes_and_comes_back(door):
    door.press("English")
    expect(door.page.locator("html")).to_have_attribute("lang", "en")
    door.look("Sign in")
    door.press("Français")
    door.look("Me connecter")
