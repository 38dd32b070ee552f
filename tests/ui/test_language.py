import pytest


def test_the_page_is_french_whatever_the_browser_asks_for(browser):
    answer = browser.get("/famille/", headers={"accept-language": "en"})

    assert '<html lang="fr">' in answer.content.decode()
    assert answer.headers["Content-Language"] == "fr"


def test_a_choice_is_kept_and_leads_back_to_the_page(browser):
    answer = browser.post("/langue/", {"language": "en", "next": "/famille/?a=1"})

    assert answer.headers["Location"] == "/famille/?a=1"
    assert '<html lang="en">' in browser.get("/famille/").content.decode()


def test_an_unknown_language_changes_nothing(browser):
    browser.post("/langue/", {"language": "xx", "next": "/famille/"})

    assert '<html lang="fr">' in browser.get("/famille/").content.decode()


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", ""])
def test_the_switch_leads_to_no_other_site(browser, address):
    assert browser.post("/langue/", {"language": "en", "next": address}).headers["Location"] == "/"


def test_the_language_is_not_changed_by_a_link(browser):
    assert browser.get("/langue/?language=en").status_code == 405
