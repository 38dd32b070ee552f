def test_staff_see_every_component_in_both_themes(browser):
    browser.cookies["who"] = "staff"
    text = browser.get("/gestion/composants/").content.decode()

    assert 'data-theme="light"' in text
    assert 'data-theme="dark"' in text


def test_no_id_is_there_twice(browser):
    import re

    browser.cookies["who"] = "staff"
    ids = re.findall(r'\sid="([^"]+)"', browser.get("/gestion/composants/").content.decode())

    assert sorted(ids) == sorted(set(ids))


def test_a_family_does_not_find_it(browser):
    browser.cookies["who"] = "family"

    assert browser.get("/gestion/composants/").status_code == 404


def test_a_stranger_is_led_to_sign_in(browser):
    assert browser.get("/gestion/composants/").status_code == 302
