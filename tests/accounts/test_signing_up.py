"""What comes of a sign-up is told by mail, and only there."""

import re

import pytest
from django.test import Client

from tests.accounts.factories import PASSWORD, account, adult, code_for, sign_up, sign_up_by_code, sign_up_by_file
from tests.accounts.mailbox import code, html, path, received, the_mail
from xpassfam.accounts.models import Account, ActivationCode, PendingSignUp, PostedCode
from xpassfam.organisation.models import Organisation

pytestmark = pytest.mark.django_db
NUMBER = "ESF-2019-004812-K"


@pytest.fixture
def camille():
    return adult(member_number=NUMBER, email="camille@example.org")


def takes(proof):
    Organisation(name="Solidarité Familles", sign_up_proof=proof).save()


def is_waiting(response):
    return response.status_code == 302 and response.headers["Location"].startswith("/inscription/attente/")


def test_a_code_opens_an_account_at_any_address(client, camille):
    assert is_waiting(sign_up_by_code(client, camille, "other@example.org"))
    letter = the_mail()
    assert letter.to == ["other@example.org"]
    assert letter.subject == "Ouvrez votre compte"
    assert path(letter, "/activation/")
    assert code(letter)
    assert not Account.objects.exists()


def test_a_file_opens_an_account_at_the_registers_own_address(client, camille):
    assert is_waiting(sign_up_by_file(client, camille, "Camille@Example.org"))
    assert the_mail().subject == "Ouvrez votre compte"
    assert not PostedCode.objects.exists()


def test_a_file_with_another_address_has_a_code_posted_and_opens_nothing(client, camille):
    assert is_waiting(sign_up_by_file(client, camille, "ex@example.org"))
    letter = the_mail()
    assert letter.to == ["ex@example.org"]
    assert letter.subject == "Un code part chez vous par courrier"
    assert "/activation/" not in letter.body + html(letter)
    assert not re.search(r"\b\d{3}\s?\d{3}\b", letter.body)
    assert "camille@example.org" not in letter.body + html(letter)
    assert [row.person for row in PostedCode.objects.all()] == [camille]
    assert not ActivationCode.objects.exists()


def test_asking_twice_posts_one_letter(client, camille):
    for _ in range(2):
        sign_up_by_file(client, camille, "ex@example.org")
        received()
    assert PostedCode.objects.count() == 1


def test_correcting_the_address_after_a_file_has_a_code_posted_too(client, camille):
    waiting = sign_up_by_file(client, camille, "camille@example.org").headers["Location"]
    the_mail()
    client.post(f"{waiting}adresse/", {"email": "ex@example.org"})
    assert the_mail().subject == "Un code part chez vous par courrier"
    assert PostedCode.objects.count() == 1


def test_a_portal_that_takes_codes_only_opens_by_code_only(client, camille):
    takes("code")
    assert 'name="file_number"' not in client.get("/inscription/").content.decode()
    assert sign_up_by_file(client, camille, "camille@example.org").status_code == 200
    assert not PendingSignUp.objects.exists()
    assert is_waiting(sign_up_by_code(client, camille, "camille@example.org"))
    assert the_mail().subject == "Ouvrez votre compte"


def test_a_portal_that_goes_by_file_shows_it_first_and_takes_the_code_that_it_posted(client, camille):
    takes("file")
    page = client.get("/inscription/").content.decode()
    assert re.search(r'value="file"[^>]* checked', page)
    assert is_waiting(sign_up_by_file(client, camille, "ex@example.org"))
    assert the_mail().subject == "Un code part chez vous par courrier"
    assert is_waiting(sign_up_by_code(client, camille, "camille2@example.org"))
    assert the_mail().subject == "Ouvrez votre compte"


def test_both_proofs_where_both_are_taken(client, camille):
    takes("both")
    page = client.get("/inscription/").content.decode()
    assert 'name="activation_code"' in page
    assert 'name="file_number"' in page


def test_sign_up_that_is_closed_says_so_and_takes_nothing(client, camille):
    Organisation(name="Solidarité Familles", sign_up_is_open=False).save()
    for response in (client.get("/inscription/"), sign_up_by_code(client, camille, "camille@example.org")):
        page = response.content.decode()
        assert response.status_code == 403
        assert "Les inscriptions sont fermées" in page
        assert 'name="email"' not in page
        assert "/assistance/" in page
    assert not PendingSignUp.objects.exists()


def test_a_wrong_code_is_told_by_mail_only(client, camille):
    code_for(camille)
    assert is_waiting(sign_up(client, "camille@example.org", member_number=NUMBER, activation_code="K7QF-2M9TXV"))
    letter = the_mail()
    assert letter.subject == "Votre compte n’est pas encore ouvert"
    assert "/activation/" not in letter.body + html(letter)


def test_an_address_that_has_an_account_is_told_so_by_mail_only(client, camille):
    account(adult("Karim Benali"), email="taken@example.org")
    assert is_waiting(sign_up_by_code(client, camille, "taken@example.org"))
    letter = the_mail()
    assert letter.subject == "Vous avez déjà un compte"
    assert "http://localhost:8000/mot-de-passe/oublie/" in letter.body
    assert "/activation/" not in letter.body + html(letter)


def test_a_member_with_an_account_is_told_so_without_its_address(client, camille):
    account(camille, email="own@example.org")
    assert is_waiting(sign_up_by_code(client, camille, "second@example.org"))
    letter = the_mail()
    assert letter.subject == "Vous avez déjà un compte"
    assert "own@example.org" not in letter.body + html(letter)


def test_a_code_serves_once_is_dated_and_is_its_persons_own(client, camille, time_machine):
    time_machine.move_to("2026-10-01 09:00:00Z", tick=False)
    karim = adult("Karim Benali", member_number="ESF-2019-004813-R")
    typed = code_for(camille)
    sign_up(client, "karim@example.org", member_number=karim.member_number, activation_code=typed)
    assert the_mail().subject == "Votre compte n’est pas encore ouvert"
    time_machine.move_to("2026-10-31 09:00:01Z", tick=False)
    sign_up(client, "camille@example.org", member_number=NUMBER, activation_code=typed)
    assert the_mail().subject == "Votre compte n’est pas encore ouvert"


def test_a_newer_letter_ends_the_older_code(client, camille):
    older, newer = code_for(camille), code_for(camille)
    sign_up(client, "camille@example.org", member_number=NUMBER, activation_code=older)
    assert the_mail().subject == "Votre compte n’est pas encore ouvert"
    sign_up(client, "camille@example.org", member_number=NUMBER, activation_code=newer)
    assert the_mail().subject == "Ouvrez votre compte"


@pytest.mark.parametrize(
    ("known", "first", "last"),
    [
        ("Éloïse D’Alençon-Le Goff", "eloise", "d'alencon le goff"),
        ("Éloïse D’Alençon-Le Goff", "ÉLOÏSE", "D´ALENÇON LEGOFF"),
        ("Maëlle O'Brien", "Maelle", "O’Brien"),
        ("Jean-Luc Nguyễn", "Jean Luc", "Nguyen"),
        ("Camille Martin", "Martin", "Camille"),
    ],
)
def test_a_name_is_recognised_however_it_is_typed(client, known, first, last):
    someone = adult(known, email="someone@example.org")
    sign_up_by_file(client, someone, "someone@example.org", first_name=first, last_name=last)
    assert the_mail().subject == "Ouvrez votre compte"


@pytest.mark.parametrize(
    "typed", ["Jules,\n\nVotre dossier est suspendu", "Payez ici : https://example.org", "<b>=1+1</b>", "jules.example"]
)
def test_a_message_in_the_place_of_a_name_is_refused_in_plain_words(client, camille, typed):
    page = sign_up_by_code(client, camille, "camille@example.org", first_name=typed).content.decode()
    assert "Écrivez votre prénom avec des lettres" in page
    assert 'value="camille@example.org"' in page
    assert received() == []


def test_the_mail_greets_by_the_register_s_name_not_by_what_was_typed(client, camille):
    sign_up_by_code(client, camille, "camille@example.org", first_name="Votre dossier est suspendu")
    letter = the_mail()
    assert "Bonjour Camille," in letter.body
    assert "suspendu" not in letter.body + html(letter)


def test_two_who_share_a_mailbox_each_get_an_account_at_a_variant_of_it(client, camille):
    karim = adult("Karim Benali", member_number="ESF-2019-004813-R")
    sign_up_by_code(client, camille, "home@example.org")
    client.post(path(the_mail(), "/activation/"))
    received()
    sign_up_by_code(client, karim, "home@example.org", first_name="Karim", last_name="Benali")
    letter = the_mail()
    assert "Vous partagez cette boîte" in letter.body
    sign_up_by_code(client, karim, "home+karim@example.org", first_name="Karim", last_name="Benali")
    client.post(path(the_mail(), "/activation/"))
    assert {a.email for a in Account.objects.all()} == {"home@example.org", "home+karim@example.org"}


@pytest.mark.parametrize(
    "typed",
    [
        " Camille@Example.ORG ",
        "camille@example.org\u00a0",
        "Camille <camille@example.org>",
        "mailto:camille@example.org",
    ],
)
def test_an_address_is_understood_however_it_is_pasted(client, camille, typed):
    sign_up_by_code(client, camille, typed)
    assert the_mail().to == ["camille@example.org"]


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("email", "camille@example", "n’est pas complète"),
        ("email", f"{'a' * 250}@example.org", "est trop longue"),
        ("phone", "06 12", "Ce numéro n’est pas complet"),
        ("member_number", "4812", "Il manque quelque chose à ce numéro"),
        ("activation_code", "K7QF", "a 10 signes, vous en avez écrit 4"),
        ("activation_code", "K7QF-2M9TXX", "Un signe n’est pas le bon"),
        ("first_name", "", "Écrivez votre prénom"),
        ("password", "Camille-Martin-1988", "Retirez"),
        ("password", "", "Choisissez un mot de passe"),
        ("last_name", "x" * 121, "120 caractères"),
    ],
)
def test_each_mistake_is_named_and_what_was_typed_stays(client, camille, field, typed, sentence):
    response = sign_up_by_code(client, camille, **{"email": "camille@example.org", field: typed})
    page = response.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")
    assert response.status_code == 200
    assert sentence in page
    assert 'value="Martin"' in page or field == "last_name"
    assert PASSWORD not in page
    assert "open for a long time" not in page
    assert not PendingSignUp.objects.exists()


def test_twenty_sign_ups_an_hour_come_from_one_network(camille, time_machine):
    time_machine.move_to("2026-11-23 14:20:00Z", tick=False)
    client = Client(REMOTE_ADDR="203.0.113.80")
    answers = [sign_up_by_file(client, camille, f"c{n}@example.org") for n in range(21)]
    assert [a.status_code for a in answers] == [302] * 20 + [429]
    page = answers[-1].content.decode()
    assert "Beaucoup de demandes" in page
    assert "à 16\u00a0h" in page
    assert 'value="c20@example.org"' in page


@pytest.mark.parametrize(
    ("proof", "has_code_help", "has_file_help"), [("both", True, True), ("code", True, False), ("file", True, True)]
)
def test_the_help_beside_the_form_speaks_of_the_proofs_asked_only(client, proof, has_code_help, has_file_help):
    Organisation.objects.create(sign_up_proof=proof)
    page = client.get("/inscription/").content.decode()
    assert ("Le code sert une seule fois" in page) is has_code_help
    assert ("Utilisez votre numéro de dossier" in page) is has_file_help


def test_another_language_keeps_what_was_typed_but_the_password(client, camille):
    page = client.get("/inscription/").content.decode()
    assert '<form class="sp" id="inscription"' in page
    assert 'name="language" value="en" lang="en" form="inscription">' in page

    typed = {"first_name": "Camille", "last_name": "Marti", "member_number": NUMBER, "email": "camille@example"}
    shown = client.post("/inscription/", typed | {"proof": "code", "password": PASSWORD, "language": "en"})

    page = shown.content.decode()
    assert '<html lang="en">' in page
    for value in ("Camille", "Marti", NUMBER, "camille@example"):
        assert f'value="{value}"' in page
    assert PASSWORD not in page
    assert "open for a long time" not in page
    assert 'aria-invalid="true"' not in page
    assert not PendingSignUp.objects.exists()
    assert '<html lang="en">' in client.get("/inscription/").content.decode()
