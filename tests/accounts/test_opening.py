"""From the mail to the open account: by its link, by its six digits, once."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.accounts.factories import PASSWORD, account, adult, code_for, sign_in, sign_up_by_code, sign_up_by_file
from tests.accounts.mailbox import code, html, path, received, the_mail
from xpassfam.accounts.models import Account, ActivationCode, PendingSignUp, SignUpLink
from xpassfam.organisation.models import Organisation
from xpassfam.outbox.models import Message

pytestmark = pytest.mark.django_db
TWO = "2026-11-23 14:00:00Z"


@pytest.fixture
def camille():
    return adult(member_number="ESF-2019-004812-K", email="camille@example.org")


@pytest.fixture
def noon(time_machine):
    time_machine.move_to(TWO, tick=False)
    return time_machine


class SignUp:
    """A sign-up that waits: its page, and the mail that left."""

    def __init__(self, client, someone, email="camille@example.org", **typed):
        self.client = client
        self.page = sign_up_by_code(client, someone, email, **typed).headers["Location"]
        self.read()

    def read(self):
        letter = the_mail()
        self.link, self.code = path(letter, "/activation/"), code(letter)

    def type(self, digits):
        return self.client.post(self.page, {"code": digits})

    def resend(self):
        return self.client.post(f"{self.page}renvoi/")


def words(response):
    return response.content.decode().replace("\u00a0", " ")


def wrong(digits):
    return f"{(int(digits) + 1) % 1_000_000:06d}"


def test_looking_at_the_link_opens_nothing_pressing_its_button_does(client, camille):
    waiting, phone = SignUp(client, camille), Client()
    for look in (phone.get, phone.get, phone.head):
        response = look(waiting.link)
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "no-store, private"
        assert response.headers["Referrer-Policy"] == "strict-origin"
    assert not Account.objects.exists()
    assert client.get(f"{waiting.page}etat/").json() == {"done": False}

    assert "Votre compte est ouvert" in words(phone.post(waiting.link, follow=True))
    assert client.get(f"{waiting.page}etat/").json() == {"done": True}
    assert "Votre compte est ouvert" in words(client.get(waiting.page))
    assert Account.objects.get().person == camille
    assert ActivationCode.objects.get().used_at
    assert sign_in(client, "camille@example.org").status_code == 302


def test_opening_an_account_signs_nobody_in(client, camille):
    waiting = SignUp(client, camille)
    response = client.post(waiting.link, follow=True)
    assert "session" not in client.cookies
    assert response.wsgi_request.user.is_anonymous


@pytest.mark.parametrize("shape", ["{}", " {} ", "{0:.3} {1}", "{0:.3}-{1}"])
def test_the_digits_open_the_account_however_they_are_typed(client, camille, shape):
    waiting = SignUp(client, camille)
    response = waiting.type(shape.format(waiting.code, waiting.code[3:]))
    assert response.headers["Location"] == waiting.page
    assert Account.objects.get().email == "camille@example.org"


def test_the_account_bears_the_names_of_the_register(client, camille):
    sign_up_by_code(client, camille, "camille@example.org", first_name="camille", last_name="MARTIN ")
    client.post(path(the_mail(), "/activation/"))

    assert Account.objects.get().first_name == "Camille"


def test_the_account_holds_what_was_typed_and_the_owner_is_told(client, camille):
    waiting = SignUp(client, camille)
    waiting.type(waiting.code)
    opened = Account.objects.get()
    assert (opened.first_name, opened.last_name, opened.role) == ("Camille", "Martin", "family")
    letter = the_mail()
    assert letter.subject == "Votre compte est ouvert"
    assert "http://localhost:8000/connexion/" in letter.body
    assert PASSWORD not in letter.body + html(letter)


def test_a_used_link_says_so_and_leads_to_sign_in(client, camille, noon):
    waiting = SignUp(client, camille)
    client.post(waiting.link)
    for response in (client.get(waiting.link), client.post(waiting.link)):
        assert response.status_code == 410
        assert "Ce lien a déjà servi" in words(response)
        assert "le 23 novembre à 15 h" in words(response)
        assert 'href="/connexion/"' in words(response)
    assert Account.objects.count() == 1


def test_an_expired_link_says_so_and_offers_a_new_one(client, camille, noon):
    Organisation(name="Solidarité Familles", activation_link_hours=3).save()
    waiting = SignUp(client, camille)
    noon.shift(timedelta(hours=3))
    for response in (client.get(waiting.link), client.post(waiting.link)):
        assert response.status_code == 410
        assert "Ce lien a expiré le 23 novembre à 18 h" in words(response)
        assert f'action="{waiting.page}renvoi/"' in words(response)
    assert not Account.objects.exists()
    waiting.resend()
    waiting.read()
    client.post(waiting.link)
    assert Account.objects.exists()


def test_a_link_lives_twenty_four_hours_by_default(client, camille, noon):
    waiting = SignUp(client, camille)
    noon.shift(timedelta(hours=24, seconds=-1))
    assert client.get(waiting.link).status_code == 200


def test_a_replaced_link_says_so_and_leads_to_the_newer_message(client, camille, noon):
    waiting = SignUp(client, camille)
    older = waiting.link
    noon.shift(timedelta(minutes=7))
    waiting.resend()
    waiting.read()
    for response in (client.get(older), client.post(older)):
        assert response.status_code == 410
        assert "Un lien plus récent est parti à 15 h 07" in words(response)
        assert f'href="{waiting.page}"' in words(response)
    assert not Account.objects.exists()
    assert client.post(waiting.link).status_code == 302


@pytest.mark.parametrize("token", ["x", "%FF%FE", "%ED%A0%80", "%00", "é" * 20, "a" * 5000, "' OR 1=1"])
def test_a_broken_link_says_so(client, token):
    for send in (client.get, client.post):
        response = send(f"/activation/{token}/")
        assert response.status_code == 410
        assert "Ce lien n’est pas complet" in words(response)


@pytest.mark.parametrize("public_id", ["x", "%00", "%FF%FE", "%ED%A0%80", "é", "a" * 5000])
def test_the_waiting_page_of_nobody_is_not_found(client, public_id):
    for end in ("", "etat/", "adresse/"):
        assert client.get(f"/inscription/attente/{public_id}/{end}").status_code == 404
    assert client.post(f"/inscription/attente/{public_id}/renvoi/").status_code == 404


def test_the_digits_live_thirty_minutes_the_link_goes_on(client, camille, noon):
    waiting = SignUp(client, camille)
    assert "valables jusqu’à 15 h 30" in words(client.get(waiting.page))
    noon.shift(timedelta(minutes=30))
    assert "Ces chiffres ne marchent plus" in words(waiting.type(waiting.code))
    assert "Les chiffres ne sont plus valables" in words(client.get(waiting.page))
    assert client.post(waiting.link).status_code == 302


def test_the_organisation_says_how_long_the_digits_live(client, camille, noon):
    Organisation(name="Solidarité Familles", activation_code_minutes=60).save()
    waiting = SignUp(client, camille)
    noon.shift(timedelta(minutes=59))
    assert waiting.type(waiting.code).status_code == 302


def test_five_wrong_codes_and_the_right_one_is_not_looked_at(client, camille):
    waiting = SignUp(client, camille)
    pages = [words(waiting.type(wrong(waiting.code))) for _ in range(6)]
    assert "Il vous reste 4 essais" in pages[0]
    assert "Il vous reste 1 essai." in pages[3]
    assert all("Ces chiffres ne marchent plus" in page for page in pages[4:])
    assert "Ces chiffres ne marchent plus" in words(waiting.type(waiting.code))
    assert not Account.objects.exists()
    assert client.post(waiting.link).status_code == 302


def test_a_code_that_has_not_six_digits_costs_no_try(client, camille):
    waiting = SignUp(client, camille)
    for typed in ("", "12345", "1234567", "abcdef", "①②③", "１２３４５", "\x00" * 6):
        assert waiting.type(typed).status_code == 200
    assert PendingSignUp.objects.get().code_tries == 0
    assert waiting.type("".join(chr(ord(d) + 0xFEE0) for d in waiting.code)).status_code == 302


def test_a_resend_that_brings_no_new_digits_brings_no_new_tries(client, camille, noon):
    waiting = SignUp(client, camille)
    for _ in range(3):
        for _ in range(5):
            waiting.type(wrong(waiting.code))
        noon.shift(timedelta(minutes=3))
        waiting.resend()
        if letters := received():
            waiting.code = code(letters[0])
    assert "Il vous reste 4 essais" in words(waiting.type(waiting.code))
    assert not Account.objects.exists()


def test_a_message_comes_again_after_two_minutes_and_the_page_says_when(client, camille, noon):
    waiting = SignUp(client, camille)
    noon.shift(timedelta(seconds=119))
    page = words(client.post(f"{waiting.page}renvoi/", follow=True))
    assert "Pas encore : vous pourrez demander un autre message à 15 h 02." in page
    assert "autofocus" in page
    assert "Demandé pour la dernière fois à 15 h. Vous pourrez en demander un autre à 15 h 02." in page
    assert received() == []
    noon.shift(timedelta(seconds=1))
    assert "Demandé pour la dernière fois à 15 h 02." in words(client.post(f"{waiting.page}renvoi/", follow=True))
    older_link, older_code = waiting.link, waiting.code
    waiting.read()
    assert waiting.link != older_link
    if older_code != waiting.code:
        assert waiting.type(older_code).status_code == 200
    assert waiting.type(waiting.code).status_code == 302


def test_a_message_that_was_given_up_can_be_asked_for_again(client, camille, noon):
    page = sign_up_by_code(client, camille, "camille@example.org").headers["Location"]
    received()
    Message.objects.update(state=Message.State.FAILED, sent_at=None, context={})
    noon.shift(timedelta(minutes=3))
    client.post(f"{page}renvoi/")
    assert client.post(path(the_mail(), "/activation/")).status_code == 302


def test_past_three_messages_an_hour_none_leaves_and_the_last_one_stays_good(client, camille, noon):
    waiting = SignUp(client, camille)
    for _ in range(2):
        noon.shift(timedelta(minutes=3))
        waiting.resend()
        waiting.read()
    noon.shift(timedelta(minutes=3))
    waiting.resend()
    assert received() == []
    assert client.get(waiting.link).status_code == 200
    assert waiting.type(waiting.code).status_code == 302


def test_who_has_no_right_proof_can_t_use_up_the_messages_of_who_has(client, camille, noon):
    stranger = Client(REMOTE_ADDR="203.0.113.200")
    for _ in range(5):
        sign_up_by_code(stranger, camille, "camille@example.org", activation_code="K7QF-2M9TXV")
    assert len(received()) == 3
    assert SignUp(client, camille).link


def test_a_corrected_address_gets_the_message_and_the_older_link_dies(client, camille, noon):
    waiting = SignUp(client, camille, "camile@example.org")
    older = waiting.link
    assert 'value="camile@example.org"' in words(client.get(f"{waiting.page}adresse/"))
    assert "n’est pas complète" in words(client.post(f"{waiting.page}adresse/", {"email": "camille@"}))
    client.post(f"{waiting.page}adresse/", {"email": " Camille@Example.org "})
    letter = the_mail()
    assert letter.to == ["camille@example.org"]
    assert "Un lien plus récent" in words(client.get(older))
    client.post(path(letter, "/activation/"))
    assert Account.objects.get().email == "camille@example.org"


def test_after_a_file_only_the_registers_address_opens_even_when_it_is_corrected(client, camille):
    page = sign_up_by_file(client, camille, "ex@example.org").headers["Location"]
    received()
    client.post(f"{page}adresse/", {"email": "camille@example.org"})
    assert the_mail().to == ["camille@example.org"]
    client.post(f"{page}adresse/", {"email": "ex@example.org"})
    letter = the_mail()
    assert letter.to == ["ex@example.org"]
    assert "/activation/" not in letter.body
    for link in SignUpLink.objects.filter(superseded_at=None):
        assert link.pending.outcome == "posted"


def test_an_open_sign_up_keeps_its_address_and_sends_nothing_more(client, camille, noon):
    waiting = SignUp(client, camille)
    waiting.type(waiting.code)
    received()
    noon.shift(timedelta(minutes=5))
    waiting.resend()
    client.post(f"{waiting.page}adresse/", {"email": "ex@example.org"})
    assert received() == []
    assert PendingSignUp.objects.get().used_at
    assert Account.objects.get().email == "camille@example.org"


def test_signing_up_again_replaces_the_first_and_its_message_says_so(client, camille):
    first = SignUp(client, camille)
    second = SignUp(Client(), camille)
    assert client.get(first.page).status_code == 200
    for response in (first.type(first.code), client.get(first.link), client.post(first.link)):
        assert response.status_code == 410
        assert "Une demande plus récente" in words(response)
    assert second.type(second.code).status_code == 302


def test_of_two_sign_ups_with_one_address_the_second_is_told_to_take_another(client, camille):
    karim = adult("Karim Benali", member_number="ESF-2019-004813-R")
    first, second = SignUp(client, camille, "home@example.org"), SignUp(Client(), karim, "home@example.org")
    first.type(first.code)
    received()
    for response in (second.type(second.code), second.client.post(second.link)):
        assert response.status_code == 410
        assert "Un compte est déjà ouvert à cette adresse" in words(response)
        assert f'href="{second.page}adresse/"' in words(response)
    second.client.post(f"{second.page}adresse/", {"email": "karim@example.org"})
    second.read()
    assert second.type(second.code).status_code == 302
    assert {(a.email, a.person) for a in Account.objects.all()} == {
        ("home@example.org", camille),
        ("karim@example.org", karim),
    }


def test_of_two_sign_ups_of_one_person_the_second_is_told_of_the_account(client, camille):
    letter = code_for(camille)
    first = SignUp(client, camille, activation_code=letter)
    second = SignUp(Client(), camille, "camille.pro@example.org", activation_code=letter)
    first.type(first.code)
    response = second.type(second.code)
    assert response.status_code == 410
    assert "Votre compte est déjà ouvert, à une autre adresse" in words(response)
    assert "camille@example.org" not in words(response)
    assert Account.objects.count() == 1


def test_the_right_password_before_opening_leads_to_the_waiting_page_a_wrong_one_does_not(client, camille):
    waiting = SignUp(client, camille)
    for identifier in ("camille@example.org", "esf 2019 4812 k"):
        assert sign_in(Client(), identifier).headers["Location"] == waiting.page
        assert sign_in(Client(), identifier, f" {PASSWORD} ").headers["Location"] == waiting.page
        assert "ne vont pas ensemble" in words(sign_in(Client(), identifier, "wrong-password"))
    assert "Renvoyer le message" in words(client.get(waiting.page))


def test_an_account_and_a_waiting_sign_up_at_one_address_are_told_apart_by_the_password(client, camille):
    account(adult("Karim Benali"), email="home@example.org", password="autre-phrase-de-karim")
    page = sign_up_by_code(client, camille, "home@example.org").headers["Location"]
    assert sign_in(Client(), "home@example.org").headers["Location"] == page
    assert sign_in(Client(), "home@example.org", "autre-phrase-de-karim").headers["Location"] == "/mon-compte/"
