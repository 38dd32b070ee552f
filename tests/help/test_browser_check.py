"""The check of one's own browser: what is found, what to do on that very device, and what is kept of it."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from tests.accounts.factories import account, sign_in
from xpassfam.help import actions
from xpassfam.help.checks import browsers, judging, report
from xpassfam.help.checks.browsers import Browser
from xpassfam.help.checks.report import Report
from xpassfam.help.models import KEPT_FOR, BrowserCheck

pytestmark = pytest.mark.django_db

CHECK = "/aide/connexion/verification/"
RESULT = f"{CHECK}resultat/"
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{}.0.0.0 Safari/537.36"
)
AGENTS = {
    CHROME.format(156): ("Chrome", 156, "Windows"),
    CHROME.format(156) + " Edg/156.0.0.0": ("Edge", 156, "Windows"),
    "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0": ("Firefox", 153, "Linux"),
    "Mozilla/5.0 (Linux; Android 14; SM-A546B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 "
    "Chrome/130.0.0.0 Mobile Safari/537.36": ("Samsung Internet", 28, "Android"),
    "Mozilla/5.0 (iPhone; CPU iPhone OS 14_8 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/14.1.2 "
    "Mobile/15E148 Safari/604.1": ("Safari", 14, "iPhone"),
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/130.0 "
    "Mobile/15E148 Safari/604.1": ("Chrome", 18, "iPhone"),
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 "
    "Safari/605.1.15": ("Safari", 17, "Mac"),
    "curl/8.5.0": ("", 0, ""),
    "": ("", 0, ""),
}
WELL = {
    "script": "yes",
    "storage": "yes",
    "private": "no",
    "autofill": "no",
    "translated": "no",
    "styles": "yes",
    "network": "ok",
    "skew": "3",
    "trip": "48",
    "zone": "Europe/Paris",
}


@pytest.mark.parametrize(("told", "expected"), AGENTS.items())
def test_a_browser_is_known_by_its_name_its_version_and_its_device(told, expected):
    assert browsers.read(told) == Browser(*expected)


def states(**facts):
    facts.setdefault("browser", Browser("Firefox", 153, "Windows"))
    return {one.key: one.state.value for one in judging.judge(Report(**facts)).findings}


def finding(key, **facts):
    facts.setdefault("browser", Browser("Firefox", 153, "Windows"))
    return next(one for one in judging.judge(Report(**facts)).findings if one.key == key)


def test_each_trouble_is_told_as_one():
    assert states(cookies=False)["cookies"] == "mend"
    assert states(network="portal")["network"] == "mend"
    assert states(network="failed")["network"] == "mend"
    assert states(styles=False)["styles"] == "mend"
    assert states(skew=400)["clock"] == states(skew=-400)["clock"] == "mend"
    assert states(browser=Browser("Firefox", 78, "Windows"))["version"] == "mend"
    for name in ("private", "translated", "autofill"):
        assert states(**{name: True})[name] == "know"
    assert states(storage=False)["storage"] == states(script=False)["script"] == "know"
    assert states(browser=Browser())["version"] == "know"


def test_a_browser_that_is_well_has_nothing_to_mend():
    told = report.of_answers(WELL, cookies=True, user_agent=CHROME.format(156))
    verdict = judging.judge(told)
    assert verdict.to_mend == verdict.to_know == []
    assert len(verdict.well) == 8


@pytest.mark.parametrize(("seconds", "state"), [(0, "well"), (45, "well"), (-45, "well"), (46, "mend"), (-46, "mend")])
def test_a_clock_matters_once_codes_are_refused(seconds, state):
    assert states(skew=seconds)["clock"] == state


def test_a_clock_is_told_in_words_with_the_steps_of_that_device():
    fast = finding("clock", skew=425, browser=Browser("Chrome", 156, "Windows"))
    assert fast.title.replace("\u00a0", " ") == "L’horloge avance de 7 min 5 s"
    assert fast.steps_title.startswith("Sur votre ordinateur Windows")
    phone = finding("clock", skew=-425, browser=Browser("Safari", 18, "iPhone"))
    assert "retarde" in phone.title
    assert phone.steps_title.startswith("Sur votre iPhone")
    assert phone.steps != fast.steps


@pytest.mark.parametrize("system", [*sorted(browsers.SYSTEMS), ""])
@pytest.mark.parametrize("name", [*sorted(browsers.BROWSERS), ""])
def test_every_browser_on_every_device_is_told_what_to_do(name, system):
    browser = Browser(name, 1, system)
    for one in judging.judge(Report(browser=browser, cookies=False, skew=900, network="portal", styles=False)).to_mend:
        assert one.text
        assert one.steps_title.strip()
        assert len(one.steps) >= 2


def test_the_first_step_gives_a_cookie_and_the_second_sees_it_back(client):
    first = client.get(CHECK)
    assert first.status_code == 302
    assert first.cookies["check"]["max-age"] == 3600
    page = client.get(first.headers["Location"])
    assert page.status_code == 200
    answer = client.post(RESULT, {"cookies": page.context["cookies"]}, follow=True)
    assert "Cookies acceptés" in answer.content.decode()


def test_cookies_that_do_not_come_back_are_told_without_a_script(client):
    first = client.get(CHECK)
    client.cookies.clear()
    page = client.get(first.headers["Location"])
    answer = client.post(RESULT, {"cookies": page.context["cookies"]}, follow=True).content.decode()
    assert "Les cookies sont refusés" in answer
    assert "JavaScript est coupé" in answer


def test_the_result_has_a_code_that_support_reads(client):
    answer = client.post(RESULT, {**WELL, "skew": "900"}, headers={"user-agent": CHROME.format(156)})
    check = BrowserCheck.objects.get()
    assert answer.headers["Location"] == f"{CHECK}{check.code.lower()}/"
    assert check.code.startswith("NAV-")
    sign_in(client, account(role="agent").email)
    typed = check.code.replace("-", " ").lower()
    page = client.get("/gestion/aide/verification/", {"code": typed}, follow=True).content.decode()
    assert check.code in page
    assert "L’horloge avance" in page
    assert "Chrome 156, Windows" in page


def test_a_code_that_is_nobody_s_is_said_so_with_the_field_again(client):
    sign_in(client, account(role="agent").email)
    for typed in ("NAV-2222-2222", "n'importe quoi", "NAV-7K3Q"):
        page = client.get("/gestion/aide/verification/", {"code": typed}, follow=True).content.decode()
        assert "n’est le code d’aucune vérification gardée" in page


@pytest.mark.parametrize("who", ["", "family"])
def test_only_staff_read_checks_from_their_desk(client, who):
    if who:
        sign_in(client, account(role=who).email)
    assert client.get("/gestion/aide/verification/").status_code in (302, 403)


def test_nothing_personal_is_kept(client):
    told = {**WELL, "zone": "camille@example.org", "network": "<b>", "skew": "1e9", "password": "secret", "name": "Léa"}
    client.post(
        RESULT, told, headers={"user-agent": CHROME.format(156) + " camille@example.org"}, REMOTE_ADDR="203.0.113.9"
    )
    [kept] = BrowserCheck.objects.values()
    assert set(kept) == {"id", "code", "made_at", "report"}
    for word in ("camille", "secret", "Léa", "203.0", "<b>", "Mozilla"):
        assert word not in str(kept)
    assert kept["report"]["skew"] is None


@pytest.mark.parametrize("skew", ["9" * 12, "-" + "9" * 11, "--3", "²", "", "3.5", "abc"])
def test_odd_numbers_break_nothing(client, skew):
    assert client.post(RESULT, {**WELL, "skew": skew}, follow=True).status_code == 200


def test_a_check_goes_after_thirty_days(client, time_machine):
    client.post(RESULT, WELL)
    address = f"{CHECK}{BrowserCheck.objects.get().code.lower()}/"
    assert client.get(address).status_code == 200
    later = timezone.now() + timedelta(days=30, minutes=1)
    time_machine.move_to(later)
    assert client.get(address).status_code == 404
    assert actions.forget_checks(before=later - KEPT_FOR) == 1
    assert not BrowserCheck.objects.exists()


def test_beyond_a_thousand_an_hour_the_result_is_shown_and_not_kept(client):
    now = timezone.now()
    BrowserCheck.objects.bulk_create(
        BrowserCheck(code=f"NAV-{number}", made_at=now, report={}) for number in range(actions.MOST_AN_HOUR)
    )
    answer = client.post(RESULT, {**WELL, "skew": "900"})
    assert answer.status_code == 200
    assert "L’horloge avance" in answer.content.decode()
    assert "Nous n’avons pas pu le garder" in answer.content.decode()


def test_without_a_database_the_result_is_shown_all_the_same(client):
    client.get("/aide/connexion/")

    def away(execute, sql, params, many, context):
        raise OperationalError("away")

    with connection.execute_wrapper(away):
        answer = client.post(RESULT, {**WELL, "skew": "900"})
    assert answer.status_code == 200
    assert "L’horloge avance" in answer.content.decode()


def test_what_an_older_portal_kept_is_still_read(client):
    BrowserCheck.objects.create(
        code="NAV-2222-2223", made_at=timezone.now(), report={"cookies": False, "gone": 1, "browser": {"name": "Edge"}}
    )
    assert report.of_dict(BrowserCheck.objects.get().report).cookies is False


def test_our_time_is_told_to_the_thousandth_and_never_cached(client):
    answer = client.get("/aide/connexion/heure/")
    assert answer.json()["portal"] is True
    assert abs(answer.json()["now"] - timezone.now().timestamp() * 1000) < 5000
    assert "no-store" in answer.headers["Cache-Control"]
