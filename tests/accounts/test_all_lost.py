"""The second step is lost, the password is not: a letter, three days, and anybody of the channels can stop it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.accounts.factories import PASSWORD, sign_in
from tests.accounts.recoveries import (
    LETTER,
    LOST,
    STEP,
    WAIT,
    agent,
    ask,
    by_letter,
    code_of,
    is_in,
    print_as,
    settled,
    text_of,
    words,
)
from tests.accounts.steps import enter, with_totp
from xpassfam.accounts.actions import recovering
from xpassfam.accounts.actions.second_step import recovery_codes
from xpassfam.accounts.freezing import frozen_until
from xpassfam.accounts.models import Account, Recovery
from xpassfam.journal.models import Line
from xpassfam.journal.reading import sentence
from xpassfam.outbox.models import Message

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def camille(clock):
    someone = settled(phone="+33639980001")
    with_totp(someone)
    return someone


def test_after_three_days_password_and_letter_open_the_account(client, camille, clock):
    assert "Un courrier est en route" in words(ask(client, camille))
    code = code_of(print_as(Client(), camille, agent()))
    clock.shift(WAIT)
    answer = by_letter(client, camille, code)
    assert answer.headers["Location"] == "/mon-compte/securite/"
    assert "Activez-en une nouvelle" in words(client.get("/mon-compte/securite/"))
    assert client.session["method"] == "password+letter"
    assert client.session["is_strong"] is False


def test_a_right_letter_before_three_days_says_when_and_opens_nothing(client, camille, clock):
    ask(client, camille)
    code = code_of(print_as(Client(), camille, agent()))
    clock.shift(WAIT - timedelta(minutes=1))
    page = words(by_letter(client, camille, code))
    assert "C’est le bon code. Il ouvrira votre compte" in page
    assert "9 h" in page
    assert not is_in(client)
    clock.shift(timedelta(minutes=1))
    assert by_letter(client, camille, code).status_code == 302


def test_printing_late_makes_nobody_wait_longer(client, camille, clock):
    ask(client, camille)
    clock.shift(WAIT)
    code = code_of(print_as(Client(), camille, agent()))
    assert by_letter(client, camille, code).status_code == 302


def test_the_letter_without_the_password_opens_nothing(client, camille, clock):
    ask(client, camille)
    code = code_of(print_as(Client(), camille, agent()))
    clock.shift(WAIT)
    sign_in(client, camille.email, "pas-le-bon-du-tout")
    client.cookies.clear()
    assert client.post(LETTER, {"letter_code": code}).headers["Location"] == "/connexion/"
    typed = {
        "username": camille.email,
        "letter_code": code,
        "rescue_word": recovering.new_word(),
        "email": "x@example.org",
    }
    assert "ne vont pas ensemble" in words(client.post("/connexion/secours/", typed))
    assert not Message.objects.filter(to="x@example.org").exists()


def test_everything_that_was_lost_is_gone_and_serves_no_more(client, camille, clock):
    recovery_codes.make(camille, device="", at=timezone.now())
    Account.objects.filter(pk=camille.pk).update(second_step_sms=True)
    ask(client, camille)
    code = code_of(print_as(Client(), camille, agent()))
    clock.shift(WAIT)
    by_letter(client, camille, code)
    camille.refresh_from_db()
    assert not camille.second_step_sms
    assert not hasattr(camille, "totp_key")
    assert not camille.recovery_codes.exists()
    other = Client()
    assert sign_in(other, camille.email).headers["Location"] == "/mon-compte/"


def test_a_stolen_telephone_that_is_signed_in_is_signed_out(client, camille, clock):
    stolen = Client()
    enter(stolen, camille, with_totp(camille))
    ask(client, camille)
    code = code_of(print_as(Client(), camille, agent()))
    clock.shift(WAIT)
    by_letter(client, camille, code)
    assert is_in(client)
    assert not is_in(stolen)


def test_one_letter_opens_once(client, camille, clock):
    ask(client, camille)
    code = code_of(print_as(Client(), camille, agent()))
    clock.shift(WAIT)
    by_letter(client, camille, code)
    with_totp(camille)
    other = Client()
    assert by_letter(other, camille, code).status_code == 200
    assert not is_in(other)


def test_nothing_grave_changes_for_three_more_days(client, camille, clock):
    ask(client, camille)
    code = code_of(print_as(Client(), camille, agent()))
    clock.shift(WAIT)
    by_letter(client, camille, code)
    assert frozen_until(camille, timezone.now()) == timezone.now() + WAIT
    assert client.get("/mon-compte/foyer/inviter/").status_code == 403


def test_asking_twice_is_one_letter(client, camille):
    ask(client, camille)
    assert "Un courrier est en route" in words(client.get(LOST))
    assert "déjà en cours" in words(client.post(LOST))
    assert Recovery.objects.count() == 1


def test_a_letter_never_fetched_dies_after_thirty_days(client, camille, clock):
    ask(client, camille)
    code = code_of(print_as(Client(), camille, agent()))
    clock.shift(30 * DAY)
    assert by_letter(client, camille, code).status_code == 200
    assert not is_in(client)
    assert "Vous avez tout perdu" in words(client.get(LOST))


def test_ten_wrong_letters_an_hour_are_looked_at_and_no_more(client, camille, clock):
    ask(client, camille)
    code = code_of(print_as(Client(), camille, agent()))
    clock.shift(WAIT)
    sign_in(client, camille.email)
    for _try in range(10):
        client.post(LETTER, {"letter_code": "K7QF-2M9TXV"})
    assert "Trop d’essais" in words(client.post(LETTER, {"letter_code": code}))
    assert not is_in(client)


def test_without_a_right_password_there_is_nothing_to_ask(client, camille):
    assert client.post(LOST).headers["Location"] == "/connexion/"
    sign_in(client, camille.email, "pas-le-bon-du-tout")
    assert client.post(LOST).headers["Location"] == "/connexion/"
    assert not Recovery.objects.exists()


def test_the_way_is_offered_on_the_page_of_the_second_step(client, camille):
    sign_in(client, camille.email)
    page = words(client.get(STEP))
    assert "J’ai tout perdu" in page
    assert "Code de notre courrier" not in page
    client.post(LOST)
    assert "Code de notre courrier" in words(client.get(STEP))


def test_staff_get_no_letter(client, clock):
    nadia = agent()
    with_totp(nadia)
    sign_in(client, nadia.email, PASSWORD)
    assert "Demandez à un administrateur" in words(client.post(LOST))
    assert not Recovery.objects.exists()


def test_who_became_staff_meanwhile_is_not_let_in_by_a_letter(client, camille, clock):
    ask(client, camille)
    code = code_of(print_as(Client(), camille, agent()))
    Account.objects.filter(pk=camille.pk).update(role=Account.Role.AGENT)
    clock.shift(WAIT)
    by_letter(client, camille, code)
    assert client.get("/gestion/").status_code == 302


def test_the_owner_reads_each_gesture_in_the_history(client, camille, clock):
    ask(client, camille)
    code = code_of(print_as(Client(), camille, agent()))
    clock.shift(WAIT)
    by_letter(client, camille, code)
    lines = Line.objects.filter(person=camille.person.public_id, kind__startswith="accounts.recover").order_by("pk")
    assert [sentence(line).replace("\u00a0", " ") for line in lines] == [
        "Courrier de secours demandé : tout est perdu. Rien ne s’ouvre avant le 14 janvier 2027, 9 h.",
        "Courrier de secours imprimé, pour l’adresse du dossier.",
        "Compte rouvert par courrier. La deuxième étape est retirée.",
    ]


def test_the_letter_says_what_to_do_and_how_to_stop_it(client, camille):
    ask(client, camille)
    text = " ".join(text_of(print_as(Client(), camille, agent())).split()).replace("\u00a0", " ")
    assert "Camille MARTIN" in text
    assert "BESANÇON" in text
    assert "14 janvier 2027, 9 h" in text
    assert "Connectez-vous avec votre mot de passe" in text
    assert "Ce n’est pas vous ?" in text


def test_another_account_s_letter_opens_nothing(client, camille, clock):
    ask(client, camille)
    code = code_of(print_as(Client(), camille, agent()))
    karim = settled("karim@example.org", name="Karim Benali")
    with_totp(karim)
    ask(Client(), karim)
    clock.shift(WAIT)
    other = Client()
    assert by_letter(other, karim, code).status_code == 200
    assert not is_in(other)
