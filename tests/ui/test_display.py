"""Light, dark, or as the device prefers: chosen once, kept, without a flash and without JavaScript."""

import pytest


def choose(browser, theme, following="/famille/?a=1"):
    return browser.post("/affichage/", {"theme": theme, "next": following})


def page(browser, address="/famille/"):
    return browser.get(address).content.decode()


def test_until_someone_chooses_the_device_decides(browser):
    assert "data-theme" not in page(browser)
    assert '<meta name="color-scheme" content="light dark">' in page(browser)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_choice_is_in_the_page_that_the_server_sends(browser, theme):
    assert choose(browser, theme).headers["Location"] == "/famille/?a=1"
    assert f'<html lang="fr" data-theme="{theme}">' in page(browser)
    assert f'<meta name="color-scheme" content="{theme}">' in page(browser)


def test_it_is_kept_a_year_where_scripts_don_t_see_it(browser):
    cookie = choose(browser, "dark").cookies["theme"]
    assert cookie["max-age"] == 365 * 24 * 3600
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_the_device_decides_again(browser):
    choose(browser, "dark")
    assert choose(browser, "device").headers["Location"] == "/famille/?a=1"
    assert "data-theme" not in page(browser)


def test_error_pages_keep_it(browser):
    choose(browser, "dark")
    assert 'data-theme="dark"' in page(browser, "/nowhere/")


def test_the_footer_says_which_one_is_on(browser):
    assert page(browser).count('aria-current="true"') == 1
    assert 'value="device" aria-current="true"' in page(browser)
    choose(browser, "dark")
    assert 'value="dark" aria-current="true"' in page(browser)
    assert page(browser).count('aria-current="true"') == 1


@pytest.mark.parametrize("theme", ["", "pink", '"><script>'])
def test_another_word_changes_nothing(browser, theme):
    choose(browser, "dark")
    choose(browser, theme)
    assert 'data-theme="dark"' in page(browser)


def test_a_forged_cookie_is_not_repeated(browser):
    browser.cookies["theme"] = 'dark"onload="x'
    assert "onload" not in page(browser)
    assert "data-theme" not in page(browser)


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example/", ""])
def test_the_control_leads_to_no_other_site(browser, address):
    assert choose(browser, "dark", address).headers["Location"] == "/"


def test_it_is_not_changed_by_a_link(browser):
    assert browser.get("/affichage/?theme=dark").status_code == 405
