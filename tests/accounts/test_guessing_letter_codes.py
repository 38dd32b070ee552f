"""A stranger who knows a member number neither guesses its code nor wears it out."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.accounts.factories import NUMBERS, adult, code_for, sign_up
from tests.accounts.mailbox import received, the_mail
from xpassfam.accounts.models import PendingSignUp
from xpassfam.people.models import Person
from xpassfam.rules.identifiers import ALPHABET, check_character

pytestmark = pytest.mark.django_db
NUMBER = NUMBERS[0]
OPENS, DOES_NOT = "Ouvrez votre compte", "Votre compte n’est pas encore ouvert"


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to("2026-11-23 14:10:00Z", tick=False)
    return time_machine


@pytest.fixture
def good():
    return code_for(adult(member_number=NUMBER))


def stranger(number=1):
    return Client(REMOTE_ADDR=f"203.0.113.{number}")


def well_made(number):
    """A code that passes its own check."""
    body = "K7QF2M9" + ALPHABET[number // 29 % 29] + ALPHABET[number % 29]
    return body + check_character(body)


def guess(client, number=1, **typed):
    typed = {"member_number": NUMBER, "activation_code": well_made(number)} | typed
    return sign_up(client, f"stranger{number}@example.org", **typed)


def holder_signs_up(good, client=None):
    return sign_up(client or Client(), "camille@example.org", member_number=NUMBER, activation_code=good)


def words(response):
    return response.content.decode().replace("\u00a0", " ")


def test_a_stranger_s_many_wrong_codes_leave_the_holder_s_good(good):
    assert [guess(stranger(), n).status_code for n in range(12)] == [302] * 5 + [429] * 7
    received()
    assert holder_signs_up(good).status_code == 302
    assert the_mail().subject == OPENS


def test_hour_after_hour_for_a_month_they_do_not_end_it(good, noon):
    for number in range(29 * 24):
        noon.shift(timedelta(hours=1))
        guess(stranger(number % 200), number)
    received()
    holder_signs_up(good)
    assert the_mail().subject == OPENS


def test_past_five_an_hour_even_the_right_code_is_not_looked_at_from_there(good, noon):
    for number in range(5):
        guess(stranger(), number)
    response = holder_signs_up(good, stranger())
    assert response.status_code == 429
    assert "Beaucoup de codes ont été essayés avec ce numéro" in words(response)
    assert "Réessayez à 16 h" in words(response)
    assert PendingSignUp.objects.filter(email="camille@example.org").count() == 0
    noon.move_to("2026-11-23 15:00:00Z", tick=False)
    assert holder_signs_up(good, stranger()).status_code == 302


def test_what_was_typed_is_still_there_but_for_the_password(good):
    for number in range(5):
        guess(stranger(), number)
    page = words(holder_signs_up(good, stranger()))
    assert 'value="camille@example.org"' in page
    assert "girafe-lavande" not in page


def test_from_everywhere_together_fifty_an_hour_are_looked_at(good, noon):
    seen = [guess(stranger(number // 5), number).status_code for number in range(60)]
    assert seen == [302] * 50 + [429] * 10
    assert holder_signs_up(good).status_code == 429
    noon.shift(timedelta(minutes=50))
    assert holder_signs_up(good).status_code == 302


def test_a_slip_that_the_check_character_sees_counts_for_nothing(good):
    slip = good[:-1] + ("2" if good[-1] != "2" else "3")
    for _ in range(20):
        assert "Un signe n’est pas le bon" in words(holder_signs_up(slip))
    assert holder_signs_up(good).status_code == 302


def test_a_number_that_nobody_has_waits_the_same(good):
    unknown = {"member_number": "ESF-2020-000099-Z"}
    seen = [guess(stranger(2), number, **unknown).status_code for number in range(7)]
    assert seen == [302] * 5 + [429] * 2
    assert words(guess(stranger(2), 9, **unknown)).count("Beaucoup de codes") == 1


def test_one_person_s_number_does_not_slow_another(good):
    other = code_for(adult("Karim Benali", member_number=NUMBERS[1]))
    for number in range(6):
        guess(stranger(), number)
    proof = {"member_number": NUMBERS[1], "activation_code": other}
    assert sign_up(stranger(), "karim@example.org", **proof).status_code == 302


def test_the_same_number_written_otherwise_is_the_same_number(good):
    for number in range(5):
        guess(stranger(), number)
    assert guess(stranger(), 7, member_number="esf 2019 4812 k").status_code == 429


def test_a_new_letter_s_code_is_guessed_at_no_more_often(good):
    for number in range(5):
        guess(stranger(), number)
    code_for(Person.objects.get(member_number=NUMBER))
    assert guess(stranger(), 8).status_code == 429
