"""What mails say to whom: each in the words of its case, nothing twice."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.accounts.factories import account, adult, sign_in, sign_up_by_code, sign_up_by_file
from tests.accounts.mailbox import html, the_mail
from xpassfam.accounts.actions import contesting
from xpassfam.journal.models import Line
from xpassfam.journal.reading import sentence, words_of
from xpassfam.organisation.models import Organisation

pytestmark = pytest.mark.django_db
EMAIL = "camille@example.org"


@pytest.fixture(autouse=True)
def _organisation():
    facts = {"support_email": "aide@example.org", "support_phone": "02 61 91 44 00", "sign_up_proof": "both"}
    Organisation(name="Solidarité", postal_address="Solidarité\n12 quai des Antilles", **facts).save()


@pytest.fixture
def camille():
    return account(adult(member_number="ESF-2019-004812-K"), email=EMAIL)


def words(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def contested(client, camille, time_machine):
    time_machine.move_to("2026-11-24 20:54:00Z", tick=False)
    sign_in(client, EMAIL)
    contesting.contest(camille, Line.objects.latest("id"), keep=None, device="", at=timezone.now())
    return the_mail()


def test_the_organisation_learns_who_does_not_recognise_a_sign_in(client, camille, time_machine):
    letter = contested(client, camille, time_machine)
    for text in (letter.body, html(letter)):
        assert "Camille Martin, numéro d’adhérent ESF-2019-004812-K." in words(text)
        assert "à 21 h 54" in words(text)
        assert "pour les équipes de l’organisation" in words(text)
        assert "Une question" not in text


def test_the_history_says_the_contested_hour_as_the_page_does(client, camille, time_machine):
    contested(client, camille, time_machine)
    assert "24 novembre 2026, 21 h 54" in words(sentence(Line.objects.latest("id")))


def test_who_asks_for_a_new_password_is_nobody_known(client, camille):
    client.post("/mot-de-passe/oublie/", {"username": EMAIL})
    the_mail()
    line = Line.objects.get(kind="accounts.password_reset_asked")
    assert (line.actor_kind, line.actor, words_of(line)["actor"]) == ("visitor", "", "")


def test_the_way_to_ask_is_said_once_and_the_organisation_s_address_too(client, camille):
    client.post("/mot-de-passe/oublie/", {"username": EMAIL})
    letter = the_mail()
    assert "Une question ? Appelez le 02 61 91 44 00, ou écrivez à aide@example.org." in words(letter.body)
    assert words(letter.body).count("Une question") == 1
    assert html(letter).count("Solidarité<br>") == 2  # the head, then the foot's address


def test_a_wrong_proof_is_answered_in_the_words_of_the_proof_that_was_given():
    someone = adult(member_number="ESF-2019-004812-K", birth_date=timezone.localdate().replace(year=1988, day=1))
    sign_up_by_code(Client(), someone, "a@example.org", activation_code="K7QF-2M9TXV")
    assert "le numéro et le code" in the_mail().body
    sign_up_by_file(Client(), someone, "b@example.org", birth_date_year=1970)
    letter = the_mail().body
    assert "le numéro de dossier" in letter
    assert "Un code sert" not in letter
