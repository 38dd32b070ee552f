"""The meter in a real browser, under the portal's own policy headers. The server's rules are in tests/rules."""

import gzip
import os
import shutil
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Page, sync_playwright

NBSP = "\u00a0"
GOOD = "girafe-lavande-tambour-7"
CHROMIUM = shutil.which("chromium")


@pytest.fixture(scope="module")
def browser():
    if not CHROMIUM:
        message = "needs Chromium: apt-get install chromium"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in the thread of the tests
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(live_server, browser):
    page = browser.new_page()
    page.set_default_timeout(5000)
    page.complaints, page.fetched = [], []
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("request", lambda request: page.fetched.append(request.url.rsplit("/", 1)[-1]))
    page.goto(f"{live_server}/inscription/")
    yield page
    assert page.complaints == []
    page.close()


def told(page: Page, password: str) -> str:
    page.locator("[name=password]").fill(password)
    page.wait_for_timeout(700)
    return page.locator("xp-strength [role=status]").inner_text()


def ticked(page: Page) -> list[bool]:
    said = page.locator("[data-rule] [data-said]").all_text_contents()
    return [text.endswith("c’est fait") for text in said]


def test_the_words_are_fetched_with_the_focus_and_not_before(page):
    assert "strength-words.txt" not in page.fetched
    page.locator("[name=password]").focus()
    page.wait_for_timeout(300)
    assert page.fetched.count("strength-words.txt") == 1


def test_it_says_how_strong_and_what_would_help(page):
    page.locator("[name=password]").focus()
    page.wait_for_timeout(300)
    assert told(page, "girafe") == "Trop court. Ajoutez 6 caractères."
    assert ticked(page) == [False, False, True]
    assert told(page, "Soleil750002024") == "Facile à deviner. Ajoutez un ou deux mots sans lien entre eux."
    assert ticked(page) == [True, False, True]
    assert told(page, "aB3$xY9!").startswith("Bon. Avec 12 caractères")
    assert told(page, GOOD) == "Très bon."
    assert ticked(page) == [True, True, True]
    assert told(page, "") == ""
    assert ticked(page) == [False, False, False]


def test_the_persons_own_name_typed_above_is_found(page):
    page.locator("[autocomplete=given-name]").fill("Zoubida")
    page.locator("[name=password]").focus()
    page.wait_for_timeout(300)
    word = f"«{NBSP}Zoubida{NBSP}»"
    assert f"Retirez {word}" in told(page, "girafe-zoubida-lavande")
    assert ticked(page) == [True, True, False]


def test_without_the_words_it_still_tells_the_length(page):
    page.route("**/strength-words.txt", lambda route: route.abort())
    page.locator("[name=password]").focus()
    page.wait_for_timeout(300)
    assert told(page, "girafe") == "Trop court. Ajoutez 6 caractères."
    assert told(page, GOOD) == ""
    assert all("strength-words" in text or "Failed to load resource" in text for text in page.complaints)
    page.complaints.clear()


def test_what_it_fetches_is_small():
    files = [Path(finders.find(f"ui/{name}")) for name in ("strength.js", "strength-words.txt")]
    assert sum(len(gzip.compress(file.read_bytes())) for file in files) < 40_000


def test_the_rules_are_there_before_any_script(client, db):
    page = client.get("/inscription/").content.decode()
    assert "12 caractères ou plus (ou 8, avec minuscule, majuscule, chiffre et symbole)" in page
    assert 'aria-describedby="id_password_rules"' in page
