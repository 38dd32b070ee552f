"""« Vos appareils »: what an owner sees of them, and signs out from where they sit."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.accounts.factories import PASSWORD, account, adult, sign_in
from xpassfam.accounts.models import KnownDevice, Session, SignInTrouble
from xpassfam.journal.models import Line
from xpassfam.journal.reading import sentence

pytestmark = pytest.mark.django_db
EMAIL = "camille@example.org"
PAGE = "/mon-compte/securite/"
OTHERS = "/mon-compte/securite/appareils/autres/"
START = datetime.fromisoformat("2027-01-11T08:00:00+00:00")
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
ANDROID = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36"


@pytest.fixture(autouse=True)
def camille(time_machine):
    time_machine.move_to(START, tick=False)
    return account(adult(member_number="ESF-2019-004812-K"), email=EMAIL)


def browser(agent=WINDOWS, email=EMAIL):
    client = Client(headers={"user-agent": agent})
    sign_in(client, email)
    return client


def words(response):
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def places(client):
    return client.get(PAGE).context["places"]


def is_in(client):
    return client.get("/mon-compte/").status_code == 200


def test_each_has_its_name_its_first_day_and_its_last_use_and_this_one_comes_first(time_machine):
    here = browser()
    time_machine.shift(timedelta(days=10))
    sign_in(here, EMAIL)
    phone = browser(ANDROID)
    time_machine.shift(timedelta(minutes=20))
    phone.get("/mon-compte/")
    time_machine.shift(timedelta(minutes=30))
    page = words(here.get(PAGE))
    assert [place.name for place in places(here)] == ["Firefox sur Windows", "Chrome sur Android"]
    assert "Cet appareil" in page
    assert "Depuis le 11 janvier 2027. Actif maintenant." in page
    assert "Nouveau" in page
    assert "Depuis le 21 janvier 2027. Actif le 21 janvier à 9 h 20." in page


def test_new_is_not_what_was_there_from_the_start_nor_this_one_nor_what_is_a_week_old(time_machine):
    old = browser()
    time_machine.shift(timedelta(days=10))
    new = browser(ANDROID)
    assert [place.is_new for place in places(new)] == [False, False]
    sign_in(old, EMAIL)
    assert [place.is_new for place in places(old)] == [False, True]
    time_machine.shift(timedelta(days=8))
    sign_in(old, EMAIL)
    assert [place.is_new for place in places(old)] == [False, False]


def test_one_signed_out_is_out_at_its_next_request_and_forgotten(camille):
    here, phone = browser(), browser(ANDROID)
    [other] = [place for place in places(here) if not place.is_here]
    answer = here.post(f"/mon-compte/securite/appareils/{other.public_id}/", follow=True)
    assert "Chrome sur Android est déconnecté" in words(answer)
    assert not is_in(phone)
    assert is_in(here)
    assert KnownDevice.objects.filter(account=camille).count() == 1
    assert sentence(Line.objects.latest("pk")).replace("\u00a0", " ") == "Appareil déconnecté : Chrome, Android."


def test_all_others_at_once(camille):
    here, others = browser(), [browser(ANDROID), browser(), browser(ANDROID)]
    here.post(OTHERS)
    assert [is_in(client) for client in (here, *others)] == [True, False, False, False]
    assert Session.objects.filter(account=camille).count() == 1
    assert KnownDevice.objects.filter(account=camille).count() == 1


def test_who_ends_a_session_proves_who_they_are_first(time_machine):
    here, phone = browser(), browser(ANDROID)
    time_machine.shift(timedelta(minutes=11))
    asked = here.post(OTHERS, headers={"referer": f"http://testserver{PAGE}"})
    assert asked.headers["Location"] == f"/connexion/confirmer/?next={PAGE}"
    assert is_in(phone)
    here.post("/connexion/confirmer/", {"password": PASSWORD, "next": PAGE})
    here.post(OTHERS)
    assert not is_in(phone)


def test_nobody_signs_out_this_device_nor_another_person_s_by_its_name():
    here, karim = browser(), account(adult("Karim Benali"), email="karim@example.org")
    his = browser(ANDROID, "karim@example.org")
    [mine] = places(here)
    for public_id in (mine.public_id, karim.known_devices.get().public_id):
        assert here.post(f"/mon-compte/securite/appareils/{public_id}/").status_code == 404
    assert is_in(his)


def test_a_shared_computer_stays_known_to_the_other_person():
    shared = browser()
    karim = account(adult("Karim Benali"), email="karim@example.org")
    shared.post("/deconnexion/")
    sign_in(shared, "karim@example.org")
    elsewhere = browser(ANDROID)
    elsewhere.post(OTHERS)
    assert is_in(shared)
    assert karim.known_devices.count() == 1


def test_the_page_asks_as_many_queries_for_many_devices():
    here = browser()
    with CaptureQueriesContext(connection) as few:
        here.get(PAGE)
    for _ in range(6):
        browser(ANDROID)
    with CaptureQueriesContext(connection) as many:
        here.get(PAGE)
    assert len(few) == len(many)


def test_the_first_page_tells_the_last_tries_with_their_device_and_outcome(time_machine):
    browser()
    time_machine.shift(timedelta(hours=1))
    browser(ANDROID)
    time_machine.shift(timedelta(hours=1))
    sign_in(Client(headers={"user-agent": ANDROID}), EMAIL, "pas-le-bon")
    time_machine.shift(timedelta(days=1))
    page = words(browser().get("/mon-compte/"))
    assert "Essai manqué" in page
    assert 'Hier à 11 h<br><span class="note">Chrome sur Android' in page
    assert "Nouvel appareil" in page
    assert "à vérifier" in page


def test_only_the_last_five_are_told_and_pages_ask_nothing_for_them(time_machine):
    here = browser()
    for _ in range(7):
        time_machine.shift(timedelta(hours=1))
        sign_in(here, EMAIL)
    assert len(here.session["last_sign_ins"]) == 5
    with CaptureQueriesContext(connection) as queries:
        here.get("/mon-compte/")
    assert not [query for query in queries if "trouble" in query["sql"]]


def test_a_try_at_another_person_s_account_is_not_told(time_machine):
    sign_in(Client(), "karim@example.org", "pas-le-bon")
    assert SignInTrouble.objects.get().account == ""
    assert [one["outcome"] for one in browser().session["last_sign_ins"]] == []
