import re

TYPED = {
    "last_name": "Le Goff",
    "birth_date_day": "3",
    "birth_date_month": "mars",
    "birth_date_year": "1988",
    "password": "girafe-lavande-tambour-7",
    "activation_code": "K7QF-2M9TX3",
    "csrfmiddlewaretoken": "a" * 64,
}
NOTICE = "Cette page était ouverte depuis longtemps."


def token_in(text: str) -> str:
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text)[1]


def test_a_form_left_open_comes_back_with_what_was_typed(browser):
    browser.get("/famille/")
    answer = browser.post("/famille/", TYPED)
    text = answer.content.decode()

    assert answer.status_code == 403
    assert NOTICE in text
    assert 'value="Le Goff"' in text
    assert 'value="mars"' in text


def test_the_password_does_not_come_back_and_the_page_says_so(browser):
    browser.get("/famille/")
    text = browser.post("/famille/", TYPED).content.decode()

    assert TYPED["password"] not in text
    assert "Écrivez de nouveau le mot de passe" in text


def test_the_code_copied_from_a_letter_comes_back(browser):
    browser.get("/famille/")

    assert TYPED["activation_code"] in browser.post("/famille/", TYPED).content.decode()


def test_the_six_digits_do_not_come_back(browser):
    browser.get("/famille/")

    assert "482913" not in browser.post("/famille/", TYPED | {"code": "482913"}).content.decode()


def test_the_page_that_came_back_can_be_sent(browser):
    browser.get("/famille/")
    text = browser.post("/famille/", TYPED).content.decode()
    answer = browser.post("/famille/", TYPED | {"csrfmiddlewaretoken": token_in(text)})

    assert answer.status_code == 200
    assert NOTICE not in answer.content.decode()


def test_a_closed_page_does_not_open_by_this_way(browser):
    browser.get("/famille/")
    answer = browser.post("/reservee/", TYPED)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/connexion/")


def test_a_button_without_a_page_says_that_nothing_was_done(browser):
    browser.get("/famille/")
    answer = browser.post("/retrait/", {"csrfmiddlewaretoken": "a" * 64})

    assert answer.status_code == 403
    assert "rien n’a été envoyé" in answer.content.decode()


def test_another_site_s_form_is_refused_and_not_shown(browser):
    browser.get("/famille/")
    answer = browser.post("/famille/", TYPED, headers={"origin": "https://elsewhere.example"})

    assert answer.status_code == 403
    assert "Le Goff" not in answer.content.decode()


def test_a_browser_that_refuses_cookies_is_told_so(browser):
    answer = browser.post("/famille/", TYPED)

    assert answer.status_code == 403
    assert "<h1>Votre navigateur refuse les cookies</h1>" in answer.content.decode()


ORIGIN = {"origin": "http://testserver"}


def test_a_browser_that_refuses_cookies_can_send_again_what_was_typed_without_its_secrets(browser):
    text = browser.post("/famille/", TYPED, headers=ORIGIN).content.decode()

    assert '<input type="hidden" name="last_name" value="Le Goff">' in text
    assert TYPED["password"] not in text
    answer = browser.post("/famille/", {"last_name": "Le Goff", "csrfmiddlewaretoken": token_in(text)}, headers=ORIGIN)
    assert answer.status_code == 200


def test_without_cookies_a_form_of_unknown_origin_is_not_handed_back(browser):
    text = browser.post("/famille/", TYPED).content.decode()

    assert "Le Goff" not in text
    elsewhere = browser.post("/famille/", TYPED, headers={"origin": "https://elsewhere.example"}).content.decode()
    assert "Le Goff" not in elsewhere
