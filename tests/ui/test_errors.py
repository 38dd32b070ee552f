import re

import pytest

from xpassfam.rules.identifiers import has_check_character

PAGES = {
    "/nulle-part/": (404, "Cette page n’existe pas, ou n’est pas à vous"),
    "/refus/": (403, "Cette page ne vous est pas ouverte"),
    "/retrait/": (405, "Cette adresse est celle d’un bouton"),
    "/suspect/": (400, "Cette demande n’est pas arrivée entière"),
    "/panne/x/": (500, "Une panne de notre côté"),
    "/sans-base/": (503, "Le service revient dans un instant"),
    "/trop/": (429, "Trop d’essais en peu de temps"),
}


def code_in(text: str) -> str:
    return re.search(r"XP-[0-9A-Z]{4}", text)[0]


@pytest.mark.parametrize(("address", "expected"), PAGES.items())
def test_each_error_has_its_page_with_a_way_on_and_a_code(browser, address, expected):
    status, title = expected
    answer = browser.get(address)
    text = answer.content.decode()

    assert answer.status_code == status
    assert f"<h1>{title}</h1>" in text
    assert 'href="/aide/"' in text
    assert has_check_character(code_in(text))
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_code_on_the_page_is_in_the_log_without_a_word_of_what_was_typed(browser, caplog):
    text = browser.get("/panne/camille.martin@example.org/").content.decode()

    lines = [record.msg for record in caplog.records if record.name == "xpassfam.incident"]
    assert [line["incident"] for line in lines] == [code_in(text)]
    assert lines[0]["error"] == "builtins.RuntimeError"
    assert lines[0]["route"] == "panne/<str:secret>/"
    assert "camille" not in str(lines)


def test_the_address_of_a_button_still_tells_programs_how_it_is_asked(browser):
    assert browser.get("/retrait/").headers["Allow"] == "POST"


def test_a_pause_says_when_to_come_back(browser):
    for address in ("/sans-base/", "/trop/"):
        assert browser.get(address).headers["Retry-After"].isdigit()


def test_the_page_of_a_failure_needs_no_database(browser):
    """These tests have none: any query fails."""
    answer = browser.get("/panne/x/")

    assert answer.status_code == 500
    assert "Solidarité Familles Estuaire" in answer.content.decode()


def test_the_page_of_a_failure_is_drawn_even_without_knowing_whose_portal_it_is(browser):
    answer = browser.get("/panne/x/?away=1")

    assert answer.status_code == 500
    assert "<h1>Une panne de notre côté</h1>" in answer.content.decode()


def test_an_error_can_be_read_in_another_language_and_that_leads_back_to_it(browser):
    page = browser.get("/nulle-part/?q=1").content.decode()

    assert '<input type="hidden" name="next" value="/nulle-part/?q=1"><button type="submit" class="link"' in page


def test_signing_out_stays_at_hand_on_public_pages_and_errors(browser):
    browser.cookies["who"] = "family"

    assert "Me déconnecter" in browser.get("/nulle-part/").content.decode()
    assert "Me déconnecter" in browser.get("/famille/").content.decode()


def test_strangers_are_offered_no_way_out(browser):
    assert "Me déconnecter" not in browser.get("/nulle-part/").content.decode()
    assert "Me déconnecter" not in browser.get("/famille/").content.decode()
