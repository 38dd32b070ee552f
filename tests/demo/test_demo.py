"""The demo: anybody tries it, outsiders' programs find its accounts."""

from datetime import timedelta

import pyotp
import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from tests.accounts.factories import sign_in
from tests.accounts.steps import answer
from xpassfam.accounts.models import Account, Contestation, PendingSignUp
from xpassfam.demo.loading import load
from xpassfam.documents.models import Document, Verdict
from xpassfam.filings.models import Piece
from xpassfam.household.models import Change, Confirmation
from xpassfam.journal import proof
from xpassfam.journal.models import Line
from xpassfam.outbox.models import Message
from xpassfam.people.actions.coming_of_age import due
from xpassfam.people.models import Invitation, Person, Separation
from xpassfam.rules.majority import Step
from xpassfam.vault.models import File

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _loaded(django_db_setup, django_db_blocker):
    """Once: what a test does after it is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(at=timezone.now())
        yield
        transaction.set_rollback(True)


def listed(client):
    return client.get("/demo/comptes.json").json()["accounts"]


def test_loading_twice_changes_nothing():
    def rows():
        accounts = set(Account.objects.values_list("pk", "password"))
        return accounts, [model.objects.count() for model in (Person, Change, Confirmation, Line)]

    before = rows()
    load(at=timezone.now())
    assert rows() == before


def test_a_change_waits_another_is_refused_with_its_reason_and_a_confirmation_is_over():
    assert Change.objects.pending().count() == 2
    refused = Change.objects.get(status="refused")
    assert refused.reason
    assert refused.explanation
    assert Confirmation.objects.filter(at__lt=timezone.now() - timedelta(days=366)).exists()


def test_families_have_documents_in_each_state_and_a_photo_among_them():
    assert set(Document.objects.values_list("verdict", flat=True)) == set(Verdict.values)
    assert Document.objects.filter(replaced_by__isnull=False).count() == 1
    [erased] = Document.objects.filter(erased_at__isnull=False)
    assert (erased.kind, erased.verdict, erased.files.count()) == ("identity", Verdict.ACCEPTED, 0)
    left = [
        (one.valid_until - timezone.localdate()).days
        for one in Document.objects.good_on(timezone.localdate()).exclude(warned_days=None)
    ]
    assert [days for days in left if 15 <= days <= 25]
    assert Message.objects.filter(template="documents/mail/ending").exists()
    assert not Piece.objects.filter(document__given_at__gt=F("added_at")).exists()
    assert set(File.objects.values_list("media_type", flat=True)) == {
        "application/pdf",
        "image/jpeg",
        "application/zip",
    }


def test_the_main_family_has_a_past_and_a_report_waits_for_an_agent():
    camille = Account.objects.get(email="camille.martin@example.org")
    home = camille.person.residences.get().household
    assert Line.objects.filter(account=camille.public_id).count() > 60
    assert Line.objects.filter(household=home.public_id, actor_kind="agent").count() >= 6
    assert Contestation.objects.open().count() == 1
    assert not [walked.broken for walked in proof.walk() if walked.broken]


def test_accesses_can_be_tried_at_once_and_a_second_start_adds_nothing(time_machine):
    now = timezone.now()
    load(at=now)
    assert Invitation.objects.waiting(now).count() == 1
    assert Separation.objects.open().count() == 1
    assert any(step == Step.MONTH for _child, step in due(on=timezone.localdate(now)))

    time_machine.move_to(now + timedelta(days=60), tick=False)
    load(at=timezone.now())
    assert (Invitation.objects.count(), Separation.objects.count()) == (1, 1)
    assert any(step == Step.MONTH for _child, step in due(on=timezone.localdate()))


def test_every_account_listed_has_the_promised_keys(client):
    keys = (
        "name role active email member_number password activation_code file_number birth_date second_step totp_secret"
    )
    assert all(list(account) == keys.split() for account in listed(client))


def test_there_are_agents_an_administrator_a_waiting_and_a_blocked_account(client):
    accounts = listed(client)
    assert {account["role"] for account in accounts} == {"family", "agent", "administrator"}
    assert any(not account["active"] and account["activation_code"] for account in accounts)
    assert any(not account["active"] and account["password"] for account in accounts)


def test_every_active_account_signs_in_with_what_is_listed(client):
    for account in listed(client):
        if account["active"]:
            typed = {"username": account["member_number"] or account["email"], "password": account["password"]}
            assert client.post("/connexion/", typed).status_code == 302, account["name"]
            client.post("/deconnexion/")


def test_codes_that_nobody_used_are_good_again_after_a_month(client, time_machine):
    time_machine.move_to("2027-06-01 12:00:00Z", tick=False)
    load(at=timezone.now())
    waiting = next(account for account in listed(client) if account["activation_code"])
    first_name, _, last_name = waiting["name"].partition(" ")
    client.post(
        "/inscription/",
        {
            "first_name": first_name,
            "last_name": last_name,
            "proof": "code",
            "member_number": waiting["member_number"],
            "activation_code": waiting["activation_code"],
            "email": waiting["email"],
            "password": "melon-trompe-valise-3",
        },
    )
    assert PendingSignUp.objects.get().outcome == "open"


def test_a_password_that_a_visitor_changed_is_no_longer_shown(client):
    camille = next(account for account in listed(client) if account["email"] == "camille.martin@example.org")
    client.post("/connexion/", {"username": camille["email"], "password": camille["password"]})
    typed = {"current_password": camille["password"], "new_password": "melon-trompe-valise-3"}
    client.post("/mon-compte/securite/mot-de-passe/", typed)
    client.post("/deconnexion/")
    assert next(one for one in listed(client) if one["email"] == camille["email"])["password"] is None
    assert "Mot de passe changé par un visiteur" in client.get("/demo/").content.decode()


def test_the_pages_of_the_demo_answer(client):
    client.post("/mot-de-passe/oublie/", {"username": "camille.martin@example.org"})
    assert b"Foyer Martin-Benali" in client.get("/demo/").content
    assert client.get("/demo/courrier/").status_code == 200


def test_outside_the_demo_the_command_refuses(settings):
    settings.IS_DEMO = False
    with pytest.raises(CommandError):
        call_command("load_demo")


def test_there_is_an_account_of_each_kind_of_second_step_and_staff_have_an_application(client):
    told = listed(client)
    assert {one["second_step"] for one in told if one["role"] == "family"} == {None, "email", "sms", "totp"}
    assert {one["second_step"] for one in told if one["role"] != "family"} == {"totp"}
    assert all(bool(one["totp_secret"]) == (one["second_step"] == "totp") for one in told)
    nadia = next(one for one in told if one["email"].startswith("nadia.ferrand"))
    sign_in(client, nadia["email"], nadia["password"])
    assert answer(client, pyotp.TOTP(nadia["totp_secret"]).now()).headers["Location"] == "/gestion/"
