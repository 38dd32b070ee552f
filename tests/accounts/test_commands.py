"""What the organisation runs by hand, and what tidies up by itself."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from tests.accounts.factories import account, adult, sign_in, sign_up, sign_up_by_file
from tests.accounts.mailbox import path, received, the_mail
from xpassfam.accounts.jobs import tidy_up
from xpassfam.accounts.models import (
    Account,
    ActivationCode,
    Device,
    KnownDevice,
    PasswordReset,
    PendingSignUp,
    PostedCode,
    Session,
    SignUpLink,
    Throttle,
    UnlockPass,
)
from xpassfam.privacy.actions import applying

pytestmark = pytest.mark.django_db


class Torn(io.StringIO):
    """A printer that stops after the first line."""

    def write(self, text):
        if "ESF" in text:
            raise BrokenPipeError
        return super().write(text)


def letters():
    out = io.StringIO()
    call_command("print_activation_letters", stdout=out)
    return list(csv.DictReader(io.StringIO(out.getvalue()), delimiter=";"))


@pytest.fixture
def maelle(client):
    someone = adult("Maëlle d’Alençon", member_number="ESF-2020-000008-C", email="own@example.org")
    sign_up_by_file(client, someone, "other@example.org", first_name="Maëlle", last_name="d'Alençon")
    received()
    return someone


def test_waiting_letters_are_printed_once_with_a_code_that_works(client, maelle):
    home = maelle.residences.get().household
    home.address, home.postcode, home.town = "3 rue du Port", "44000", "Nantes"
    home.save()
    [letter] = letters()
    assert (letter["numero_adherent"], letter["nom"], letter["prenoms"]) == (
        "ESF-2020-000008-C",
        "d’Alençon",
        "Maëlle",
    )
    assert (letter["adresse"], letter["code_postal"], letter["ville"]) == ("3 rue du Port", "44000", "Nantes")
    assert letters() == []
    sign_up(client, "other@example.org", member_number="ESF-2020-000008-C", activation_code=letter["code_activation"])
    assert the_mail().subject == "Ouvrez votre compte"


def test_a_torn_print_loses_no_letter(maelle):
    with pytest.raises(BrokenPipeError):
        call_command("print_activation_letters", stdout=Torn())
    assert PostedCode.objects.get().printed_at is None
    assert not ActivationCode.objects.exists()
    assert len(letters()) == 1


def test_no_letter_leaves_for_who_has_an_account_by_now(maelle):
    account(maelle)
    assert letters() == []
    assert not PostedCode.objects.filter(printed_at=None).exists()


def test_staff_are_created_without_a_password_and_choose_it_by_mail(client):
    call_command("create_staff", "Nadia@Example.org", "Nadia", "Roux", "--administrator", stdout=io.StringIO())
    nadia = Account.objects.get()
    assert (nadia.email, nadia.role, nadia.has_usable_password()) == ("nadia@example.org", "administrator", False)
    assert sign_in(client, "nadia@example.org", "").status_code == 200
    letter = the_mail()
    assert letter.subject == "Choisissez votre mot de passe"
    assert "demandé" not in letter.body
    client.post(path(letter, "/mot-de-passe/nouveau/"), {"new_password": "canot-brume-tuile-41"})
    assert sign_in(client, "nadia@example.org", "canot-brume-tuile-41").headers["Location"] == "/gestion/"
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("email", ["nadia", "nadia@", f"{'a' * 250}@example.org"])
def test_staff_need_an_address(email):
    with pytest.raises(CommandError, match="is not an e-mail address"):
        call_command("create_staff", email, "Nadia", "Roux")


def test_an_address_is_of_one_account():
    account(email="nadia@example.org")
    with pytest.raises(CommandError, match="has an account already"):
        call_command("create_staff", "NADIA@example.org", "Nadia", "Roux")


def purge() -> None:
    """What the worker does of accounts: each night by the rules of retention, then each hour."""
    applying.apply_all(at=timezone.now())
    tidy_up.call()


def test_what_nobody_can_use_any_more_is_dropped_and_nothing_else(client, time_machine):
    time_machine.move_to("2027-01-01 08:00:00Z", tick=False)
    camille = account(adult(member_number="ESF-2019-004812-K"), email="camille@example.org")
    sign_in(client, "camille@example.org")
    sign_up(client, "new@example.org", member_number="ESF-2019-004812-K", activation_code="K7QF-2M9TXV")
    client.post("/mot-de-passe/oublie/", {"username": "camille@example.org"})
    client.post("/connexion/deblocage/", {"username": "camille@example.org"})
    received()
    waiting = (PendingSignUp, SignUpLink, PasswordReset, UnlockPass)
    purge()
    assert all(model.objects.exists() for model in (*waiting, Session, Throttle))

    time_machine.move_to("2027-01-31 08:00:01Z", tick=False)
    sign_in(Client(), "camille@example.org")
    purge()
    assert [model.__name__ for model in waiting if model.objects.exists()] == []
    assert [session.account for session in Session.objects.all()] == [camille]
    assert KnownDevice.objects.count() == 2


def test_a_device_not_seen_for_six_months_is_forgotten(client, time_machine):
    time_machine.move_to("2027-01-01 08:00:00Z", tick=False)
    account(email="camille@example.org")
    sign_in(client, "camille@example.org")
    time_machine.move_to("2027-06-01 08:00:00Z", tick=False)
    other = Client()
    sign_in(other, "camille@example.org")
    time_machine.move_to("2027-07-10 08:00:00Z", tick=False)
    purge()
    assert Device.objects.get().known.get().first_seen_at.month == 6


def test_tidying_up_takes_slices(time_machine):
    now = timezone.now()
    Session.objects.bulk_create(
        Session(session_key=f"{n:064}", session_data="", expire_date=now - timedelta(hours=1)) for n in range(2100)
    )
    tidy_up.call()
    assert not Session.objects.exists()
