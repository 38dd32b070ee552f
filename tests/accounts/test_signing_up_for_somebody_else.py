"""An ex-partner knows the file, the name and the birth date: that opens nothing in somebody's name."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.accounts.factories import PASSWORD, adult, sign_up_by_code, sign_up_by_file
from tests.accounts.mailbox import code, path, received, the_mail
from xpassfam.accounts.models import Account

pytestmark = pytest.mark.django_db
OWNERS = "phrase-de-karim-benali"


@pytest.fixture
def noon(time_machine):
    time_machine.move_to("2026-11-23 14:00:00Z", tick=False)
    return time_machine


@pytest.fixture
def karim():
    return adult("Karim Benali", member_number="ESF-2019-004812-K", email="karim@example.org")


def words(response):
    return response.content.decode().replace("\u00a0", " ")


def asked_by_an_ex(karim):
    """The waiting page of somebody who signed Karim up at his own address, and the mail he gets."""
    ex = Client()
    page = sign_up_by_file(ex, karim, "karim@example.org", first_name="Karim", last_name="Benali").headers["Location"]
    return ex, page, the_mail()


def test_the_six_digits_ask_in_another_browser_for_the_password_chosen_at_sign_up(karim, noon):
    ex, page, first = asked_by_an_ex(karim)
    noon.shift(timedelta(minutes=3))
    ex.post(f"{page}renvoi/")
    last = the_mail()
    owner = Client()
    assert f'href="{page}"' in words(owner.get(path(first, "/activation/")))
    assert "mot de passe choisi à l’inscription" in words(owner.get(page)).replace("Mot", "mot")
    assert "Écrivez votre mot de passe." in words(owner.post(page, {"code": code(last)}))
    refused = owner.post(page, {"code": code(last), "password": OWNERS})
    assert "Ce n’est pas le mot de passe choisi à l’inscription" in words(refused)
    assert not Account.objects.exists()


def test_a_new_link_asked_for_on_an_expired_one_s_page_leads_nowhere_weaker(karim, noon):
    _ex, _page, first = asked_by_an_ex(karim)
    noon.shift(timedelta(hours=25))
    owner = Client()
    expired = owner.get(path(first, "/activation/"))
    page = expired.context["pending"].public_id
    owner.post(f"/inscription/attente/{page}/renvoi/")
    last = the_mail()
    owner.post(f"/inscription/attente/{page}/", {"code": code(last)})
    owner.post(path(last, "/activation/"))
    assert not Account.objects.exists()


def test_whoever_signed_up_types_the_digits_alone_in_the_same_browser(karim):
    owner, page, letter = asked_by_an_ex(karim)
    assert "mot de passe choisi" not in words(owner.get(page)).lower()
    assert owner.post(page, {"code": code(letter)}).status_code == 302
    assert Account.objects.get().person == karim


def test_on_another_device_the_digits_open_with_the_password(karim):
    _owner, page, letter = asked_by_an_ex(karim)
    assert Client().post(page, {"code": code(letter), "password": PASSWORD}).status_code == 302
    assert Account.objects.get().person == karim


def test_the_page_of_digits_tells_nothing_of_the_proof(karim):
    """Right or wrong, by letter or by file: another browser is asked the same."""
    right = sign_up_by_code(Client(), karim, "right@example.org").headers["Location"]
    wrong = sign_up_by_code(Client(), karim, "wrong@example.org", activation_code="K7QF-2M9TXV").headers["Location"]
    asked = ['name="password"' in words(Client().get(page)) for page in (right, wrong)]
    assert asked == [True, True]


def test_an_ex_who_asks_again_and_again_leaves_the_owner_a_message_by_letter(karim, noon):
    for _ in range(8):
        sign_up_by_file(Client(), karim, "karim@example.org", first_name="Karim", last_name="Benali")
    assert len(received()) == 6
    owner = Client()
    sign_up_by_code(owner, karim, "karim@example.org")
    assert owner.post(path(the_mail(), "/activation/")).status_code == 302
    assert Account.objects.get().person == karim


def test_one_browser_of_an_ex_leaves_the_owner_a_message_by_file(karim, noon):
    ex, owner = Client(), Client()
    for _ in range(8):
        sign_up_by_file(ex, karim, "karim@example.org", first_name="Karim", last_name="Benali")
    assert len(received()) == 3
    sign_up_by_file(owner, karim, "karim@example.org", first_name="Karim", last_name="Benali")
    assert owner.post(path(the_mail(), "/activation/")).status_code == 302


def test_an_ex_who_signs_the_owner_up_too_does_not_end_what_the_owner_asked(karim):
    owner = Client()
    sign_up_by_file(owner, karim, "karim@example.org", first_name="Karim", last_name="Benali")
    owners = the_mail()
    asked_by_an_ex(karim)
    assert owner.post(path(owners, "/activation/")).status_code == 302
    assert Account.objects.get().check_password(PASSWORD)


def test_a_stranger_s_wrong_digits_at_the_address_leave_the_owner_s_good(karim):
    owner = Client()
    page = sign_up_by_code(owner, karim, "karim@example.org").headers["Location"]
    letter = the_mail()
    for _ in range(3):
        stranger = Client()
        theirs = sign_up_by_code(
            stranger, karim, "karim@example.org", member_number="ESF-2019-004813-R", activation_code="K7QF-2M9TXV"
        )
        for _ in range(5):
            stranger.post(theirs.headers["Location"], {"code": "000000"})
    assert owner.post(page, {"code": code(letter)}).status_code == 302


@pytest.fixture
def camille():
    return adult(email="camille@example.org")


@pytest.fixture
def link_of_an_ex(camille):
    """Somebody who knows the file asks for an account at the register's address, under a password of theirs."""
    sign_up_by_file(Client(), camille, "camille@example.org")
    return path(the_mail(), "/activation/")


def test_a_link_asked_for_by_somebody_who_knows_the_file_doesn_t_open_at_a_press(client, link_of_an_ex):
    assert "mot de passe choisi à l’inscription" in words(client.get(link_of_an_ex))
    response = client.post(link_of_an_ex, {})
    assert response.status_code == 200
    assert "Écrivez votre mot de passe." in words(response)
    client.post(link_of_an_ex, {"password": "un-autre-mot-de-passe"})
    assert not Account.objects.exists()


def test_whoever_signed_up_by_file_opens_from_another_device_with_the_password_they_chose(client, link_of_an_ex):
    assert client.post(link_of_an_ex, {"password": PASSWORD}).status_code == 302
    assert Account.objects.get().email == "camille@example.org"


def test_whoever_signed_up_by_file_opens_from_the_same_browser_at_a_press(client, camille):
    sign_up_by_file(client, camille, "camille@example.org")
    assert client.post(path(the_mail(), "/activation/")).status_code == 302
    assert Account.objects.exists()


def test_the_password_of_a_link_can_t_be_guessed_for_long(client, link_of_an_ex):
    answers = [words(client.post(link_of_an_ex, {"password": f"essai-numero-{n}"})) for n in range(17)]
    assert "Ce n’est pas le mot de passe" in answers[0]
    assert "Trop d’essais" in answers[-1]
    client.post(link_of_an_ex, {"password": PASSWORD})
    assert not Account.objects.exists()
