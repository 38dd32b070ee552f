"""Guessing is paused; the owner gets in all the same."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.accounts.factories import NUMBERS, PASSWORD, account, adult, sign_in, sign_up_by_code
from tests.accounts.mailbox import html, path, received, the_mail
from xpassfam.accounts import throttle
from xpassfam.accounts.models import Account, UnlockPass

pytestmark = pytest.mark.django_db
EMAIL = "camille@example.org"


@pytest.fixture(autouse=True)
def camille():
    return account(adult(member_number=NUMBERS[0]), email=EMAIL)


@pytest.fixture
def noon(time_machine):
    time_machine.move_to("2026-11-23 14:00:00Z", tick=False)
    return time_machine


def attacker(number=7):
    return Client(REMOTE_ADDR=f"203.0.113.{number}")


def guess(identifier=EMAIL, *, times=1, client=None):
    client = client or attacker()
    return [sign_in(client, identifier, "pas-le-bon").status_code for _ in range(times)]


def guess_until_silenced(noon):
    """By e-mail and number in turn, from many addresses, as patiently as the pauses ask."""
    for number in range(20):
        client = attacker(number + 20)
        for identifier in (EMAIL, NUMBERS[0]):
            guess(identifier, client=client)
        if number >= 4:
            noon.shift(timedelta(seconds=30 * 2 ** (number - 4)) if number < 9 else timedelta(seconds=1))


def unlock_link(client, identifier=EMAIL):
    client.post("/connexion/deblocage/", {"username": identifier})
    return path(the_mail(), "/connexion/deblocage/")


def words(response):
    return response.content.decode().replace("\u00a0", " ")


def test_a_known_device_enters_while_somebody_hammers_from_elsewhere(client):
    sign_in(client, EMAIL)
    client.post("/deconnexion/")
    guess(times=40)
    assert guess(client=attacker(8)) == [429]
    assert sign_in(client, EMAIL).headers["Location"] == "/mon-compte/"


def test_a_known_device_has_its_own_ten_tries(client):
    sign_in(client, EMAIL)
    client.post("/deconnexion/")
    assert guess(times=11, client=client) == [200] * 9 + [429] * 2
    assert sign_in(Client(), EMAIL).status_code == 302


def test_another_s_known_device_is_not_known_to_me(client):
    account(email="karim@example.org")
    sign_in(client, "karim@example.org")
    client.post("/deconnexion/")
    assert guess(times=6, client=client) == [200] * 4 + [429] * 2


def test_the_pause_is_told_as_a_time_and_no_password_is_looked_at(client, noon):
    guess(times=5)
    page = words(sign_in(client, EMAIL))
    assert "La connexion est en pause" in page
    assert "15 h" in page
    assert 'action="/connexion/deblocage/"' in page
    assert f'<input type="hidden" name="username" value="{EMAIL}">' in page
    noon.shift(timedelta(seconds=30))
    assert sign_in(client, EMAIL).status_code == 302


def test_the_e_mail_lifts_the_pause_on_one_new_device_once(client, noon):
    guess(times=6)
    link = unlock_link(client)
    for look in (client.get, client.get, client.head):
        assert look(link).status_code == 200
    assert UnlockPass.objects.get().opened_at is None
    assert client.post(link).headers["Location"] == "/connexion/"
    assert "La pause est levée sur cet appareil" in words(client.get("/connexion/"))
    assert sign_in(Client(), EMAIL).status_code == 429
    assert sign_in(client, EMAIL).headers["Location"] == "/mon-compte/"
    assert sign_in(Client(), EMAIL).status_code == 429
    for response in (client.get(link), Client().post(link)):
        assert response.status_code == 410
        assert "Ce lien a déjà servi" in words(response)


def test_the_pass_opens_nothing_without_the_password_and_has_ten_tries(client):
    guess(times=6)
    client.post(unlock_link(client))
    assert guess(times=11, client=client) == [200] * 9 + [429] * 2


def test_the_pass_of_one_account_is_none_for_another(client):
    account(email="karim@example.org")
    guess(times=6)
    guess("karim@example.org", times=6)
    client.post(unlock_link(client))
    assert sign_in(client, "karim@example.org").status_code == 429
    assert sign_in(client, EMAIL).status_code == 302


def test_link_and_pass_live_an_hour(client, noon):
    guess(times=5)
    for _ in range(9):
        noon.shift(timedelta(hours=1))
        guess(times=1)
    link = unlock_link(client)
    noon.shift(timedelta(hours=1))
    assert "Ce lien a expiré" in words(client.post(link))
    link = unlock_link(client, NUMBERS[0])
    client.post(link)
    noon.shift(timedelta(minutes=59))
    guess(times=2)
    assert sign_in(Client(), EMAIL).status_code == 429
    assert sign_in(client, EMAIL).status_code == 302


def test_a_newer_link_replaces_the_older(client):
    older = unlock_link(client)
    newer = unlock_link(client, NUMBERS[0])
    assert "Un lien plus récent est parti" in words(client.post(older))
    assert client.post(newer).status_code == 302


@pytest.mark.parametrize("token", ["x", "%FF%FE", "%00", "a" * 5000])
def test_a_broken_link_says_what_to_do(client, token):
    response = client.get(f"/connexion/deblocage/{token}/")
    assert response.status_code == 410
    assert 'href="/connexion/deblocage/"' in words(response)


def test_three_mails_an_hour_the_rest_is_absorbed(client, noon):
    for _ in range(6):
        assert client.post("/connexion/deblocage/", {"username": EMAIL}).status_code == 200
    assert len(received()) == 3
    for identifier in ("nobody@example.org", "ESF-2019-000001-A", "not an identifier", "@"):
        assert client.post("/connexion/deblocage/", {"username": identifier}).status_code == 200
    assert received() == []


def test_the_mail_asks_for_no_password_and_leads_to_our_address(client):
    client.post("/connexion/deblocage/", {"username": EMAIL}, headers={"host": "127.0.0.1"})
    letter = the_mail()
    link = path(letter, "/connexion/deblocage/")
    assert letter.to == [EMAIL]
    assert f"http://localhost:8000{link}" in letter.body
    assert link in html(letter)
    assert "127.0.0.1" not in letter.body + html(letter)
    assert "Nous ne vous demandons jamais votre mot de passe" in letter.body


def test_guessing_by_e_mail_and_number_in_turn_meets_the_account_s_own_limit(client, noon):
    guess_until_silenced(noon)
    letters = [letter for letter in received() if "essaie" in letter.subject]
    assert [letter.subject for letter in letters] == ["Quelqu’un essaie d’ouvrir votre compte"]
    assert letters[0].to == [EMAIL]

    response = client.post(path(letters[0], "/connexion/deblocage/"))
    assert response.status_code == 302
    assert sign_in(client, EMAIL).headers["Location"] == "/mon-compte/"


def test_past_that_limit_even_the_right_password_looks_wrong_from_an_unknown_device(noon):
    owner, at = Account.objects.get(), timezone.now()
    for _ in range(20):
        assert throttle.reserve(throttle.ACCOUNT, owner.public_id, at=at).allowed
    for identifier in (EMAIL, NUMBERS[0]):
        assert "ne vont pas ensemble" in words(sign_in(Client(), identifier))
        assert "ne vont pas ensemble" in words(sign_in(Client(), identifier, "pas-le-bon"))


def test_a_waiting_sign_up_of_a_stranger_does_not_wash_the_account_s_limit(noon):
    owner, at = Account.objects.get(), timezone.now()
    stranger = attacker()
    karim = adult("Karim Benali", member_number=NUMBERS[1])
    sign_up_by_code(stranger, karim, EMAIL, password="canot-brume-tuile-41")
    for _ in range(20):
        throttle.reserve(throttle.ACCOUNT, owner.public_id, at=at)
    for _ in range(3):
        assert "attente" in sign_in(stranger, EMAIL, "canot-brume-tuile-41").headers["Location"]
    assert not throttle.reserve(throttle.ACCOUNT, owner.public_id, at=at).allowed


def test_an_address_that_guesses_everybody_is_paused_and_costs_nobody_their_tries(noon):
    crowd = attacker()
    for number in range(30):
        guess(f"somebody{number}@example.org", client=crowd)
    for _ in range(6):
        assert sign_in(crowd, EMAIL).status_code == 429
    assert sign_in(Client(), EMAIL).status_code == 302


def test_a_known_device_enters_from_an_address_that_is_paused(client):
    sign_in(client, EMAIL)
    client.post("/deconnexion/")
    for number in range(31):
        guess(f"somebody{number}@example.org", client=Client())
    assert sign_in(Client(), EMAIL).status_code == 429
    assert sign_in(client, EMAIL).status_code == 302


def test_one_home_s_ipv6_addresses_share_their_tries():
    for number in range(31):
        last = guess(f"somebody{number}@example.org", client=Client(REMOTE_ADDR=f"2001:db8:1:2::{number:x}"))
    assert last == [429]
    assert guess("somebody@example.org", client=Client(REMOTE_ADDR="2001:db8:1:3::1")) == [200]


def test_a_stolen_device_cookie_is_worth_nothing_after_the_owner_s_next_sign_in(client, noon):
    stolen = sign_in(client, EMAIL).cookies["device"].value
    client.post("/deconnexion/")
    noon.shift(timedelta(days=1))
    sign_in(client, EMAIL)
    noon.shift(timedelta(seconds=61))
    guess(times=6)
    thief = attacker(9)
    thief.cookies["device"] = stolen
    assert sign_in(thief, EMAIL, PASSWORD).status_code == 429


def test_the_length_of_the_coming_pause_is_told_before_it_comes(client, noon):
    for left, told in ((5, None), (4, None), (3, "Il vous reste 2 essais"), (2, "Il vous reste 1 essai")):
        page = words(sign_in(client, EMAIL, "pas-le-bon"))
        assert (f"{told}. Ensuite, il faudra attendre 30 s." in page) if told else "Il vous reste" not in page, left


def test_on_a_known_device_the_coming_pause_is_an_hour(client, noon):
    sign_in(client, EMAIL)
    client.post("/deconnexion/")
    guess(times=7, client=client)
    assert "Il vous reste 2 essais. Ensuite, il faudra attendre 1 h." in words(sign_in(client, EMAIL, "pas-le-bon"))
