"""« Fermer mon compte »: said in advance, two weeks to change one's mind, then gone; the others are told."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests.accounts.factories import PASSWORD, account, sign_in
from tests.accounts.mailbox import path, received
from tests.household.homes import entered, read
from tests.privacy.lives import a_life, keep_safe
from tests.privacy.test_nothing_remains import tables_with
from xpassfam.accounts import freezing
from xpassfam.accounts.actions import choosing_channels
from xpassfam.accounts.actions import closing as accounts
from xpassfam.accounts.models import (
    Account,
    Alert,
    Closing,
    ContactChoices,
    EmailChange,
    Freeze,
    KnownDevice,
    Passkey,
    PhoneChange,
    Recovery,
    RecoveryCode,
    Session,
    SignInTrouble,
    TotpKey,
)
from xpassfam.filings.models import Filing
from xpassfam.journal import proof
from xpassfam.journal.models import Line
from xpassfam.people.models import Access, Person
from xpassfam.privacy.actions import closing, exporting
from xpassfam.privacy.models import Export
from xpassfam.support.models import Ticket
from xpassfam.vault.models import File

pytestmark = pytest.mark.django_db
PAGE = "/mon-compte/mes-donnees/fermer/"
AFTER = accounts.GRACE + timedelta(hours=1)


def closed(someone) -> list:
    """The mails that leave that day."""
    accounts.ask(someone, at=timezone.now())
    with time_machine.travel(timezone.now() + AFTER):
        assert closing.close_due(at=timezone.now()) == 1
        return received()


def test_the_page_says_what_goes_what_stays_why_and_until_when():
    life = a_life()
    life.desk.filed()
    page = read(entered(life.camille), PAGE)

    assert "Ce qui est effacé ce jour-là" in page
    assert "Versements" in page
    assert "10 ans" in page
    assert "code de commerce" in page
    assert "Des demandes sont en cours" in page
    assert "Garder mon compte" in page


def test_asked_it_closes_in_two_weeks_and_not_before():
    life = a_life()
    client = entered(life.camille)
    page = client.post(PAGE, follow=True)
    assert "D’ici là" in page.content.decode()
    with time_machine.travel(timezone.now() + accounts.GRACE - timedelta(hours=1)):
        assert closing.close_due(at=timezone.now()) == 0
    assert Account.objects.filter(pk=life.camille.pk).exists()
    assert "Votre compte ferme le" in read(client, "/mon-compte/")


def test_the_link_of_the_mail_keeps_it_by_a_button_without_signing_in():
    life = a_life()
    received()
    accounts.ask(life.camille, at=timezone.now())
    [letter] = [one for one in received() if "va fermer" in one.subject]
    link, visitor = path(letter, "/compte/garder/"), Client()

    assert "Garder votre compte" in visitor.get(link).content.decode()
    assert Closing.objects.exists()  # opening changes nothing
    assert "reste ouvert" in visitor.post(link).content.decode()
    assert not Closing.objects.exists()
    assert visitor.get(link).status_code == 404
    with time_machine.travel(timezone.now() + AFTER):
        assert closing.close_due(at=timezone.now()) == 0


def test_the_account_itself_keeps_it_too():
    life = a_life()
    client = entered(life.camille)
    client.post(PAGE)
    client.post("/mon-compte/mes-donnees/garder/")

    assert not Closing.objects.exists()
    life.camille.refresh_from_db()
    assert life.camille.closes_at is None


def test_closed_it_opens_nothing_any_more():
    life = a_life()
    client = entered(life.camille)
    closed(life.camille)

    assert not Account.objects.filter(pk=life.camille.pk).exists()
    assert not (Session.objects.exists())
    assert not (KnownDevice.objects.exists())
    assert client.get("/mon-compte/").headers["Location"].startswith("/connexion/")
    assert sign_in(Client(), "camille@example.org", PASSWORD).status_code == 200


def test_the_address_of_the_account_remains_only_in_the_history_and_the_last_mail():
    life = a_life()
    someone = life.camille
    Account.objects.filter(pk=someone.pk).update(email="secrete@adresse.example", phone="+33639981234")
    someone.refresh_from_db()
    entered(someone)
    exporting.ask(someone, at=timezone.now())
    closed(someone)

    assert set(tables_with(["secrete@adresse.example", "39981234"])) <= {
        "journal_payload", "outbox_message", "django_tasks_database_dbtaskresult",
    }  # fmt: skip
    assert [row.template for row in _messages_to("secrete@adresse.example")] == ["privacy/mail/closed"]
    assert not Export.objects.exists()


def test_calls_for_help_go_with_the_account_and_their_pictures_too(tmp_path):
    life = a_life()
    closed(life.camille)

    assert not Ticket.objects.filter(person=life.camille.person).exists()
    assert not File.objects.filter(name__contains="cran de Camille").exists()
    assert Ticket.objects.count() == 1  # of somebody else


def test_no_table_of_safety_keeps_a_row_of_a_closed_account():
    life = a_life()
    keep_safe(life)
    mine = life.camille.public_id
    closed(life.camille)

    tables = (Alert, EmailChange, Freeze, Passkey, PhoneChange, Recovery, RecoveryCode, TotpKey, ContactChoices)
    assert [table.__name__ for table in tables if table.objects.exists()] == []
    assert not SignInTrouble.objects.filter(account=mine).exists()


def _messages_to(address):
    from xpassfam.outbox.models import Message

    return Message.objects.filter(to=address)


def test_the_other_adults_of_the_home_are_told_and_keep_their_access():
    life = a_life()
    letters = closed(life.camille)

    assert [one.to for one in letters if "Un compte de votre dossier" in one.subject] == [["karim@example.org"]]
    assert "Camille Martin a fermé son compte" in read(entered(life.karim), "/mon-compte/historique/")


def test_drafts_go_and_requests_run_on():
    life = a_life()
    life.desk.draft()
    sent = life.desk.filed()
    received()
    [last] = [one for one in closed(life.camille) if one.subject == "Votre compte est fermé"]

    assert not Filing.objects.drafts().exists()
    assert Filing.objects.get(pk=sent.pk).is_pending
    assert sent.reference in last.body


def test_what_was_lent_ends_and_what_the_register_gave_stays():
    life = a_life()
    guest = account(email="hugo@example.org")
    Access.objects.create(
        person=guest.person, household=life.home, permission="view", origin="invitation", since=timezone.localdate()
    )
    closed(guest)
    today = (timezone.now() + AFTER).date()

    assert not Access.objects.open_on(today).filter(person=guest.person, household=life.home).exists()
    assert Access.objects.open_on(today).filter(person=guest.person).count() == 1


def test_the_person_stays_in_the_register_and_may_open_another():
    life = a_life()
    closed(life.camille)
    again = account(life.camille.person, email="camille@example.org")

    assert Person.objects.filter(pk=again.person_id).exists()
    assert "Compte fermé" in read(entered(again), "/mon-compte/historique/")


def test_the_history_holds_and_tells_it():
    life = a_life()
    closed(life.camille)
    kinds = list(Line.objects.filter(account=life.camille.public_id).order_by("seq").values_list("kind", flat=True))

    assert kinds[-2:] == ["accounts.closing_asked", "accounts.closed"]
    assert [one.broken for one in proof.walk() if one.broken] == []


def test_staff_do_not_close_their_own_account():
    life = a_life()
    with pytest.raises(accounts.NotOwn):
        accounts.ask(life.desk.nadia, at=timezone.now())
    assert entered(life.desk.nadia).post(PAGE).status_code == 302
    assert not Closing.objects.exists()


@pytest.mark.parametrize("page", [PAGE, "/mon-compte/mes-donnees/telecharger/"])
def test_nothing_grave_while_the_account_is_frozen(page):
    life = a_life()
    client = entered(life.camille)
    freezing.freeze(life.camille, reason="password_reset", at=timezone.now())

    assert client.get(page).status_code == 200  # what it would do may be read
    assert client.post(page).status_code == 403
    assert not (Closing.objects.exists())
    assert not (Export.objects.exists())


@pytest.mark.parametrize("page", [PAGE, "/mon-compte/mes-donnees/telecharger/"])
def test_the_password_is_asked_again_after_a_while(page):
    life = a_life()
    client = entered(life.camille)
    with time_machine.travel(timezone.now() + timedelta(minutes=20)):
        response = client.post(page)

    assert "/connexion/confirmer/" in response.headers.get("Location", "") or b"current-password" in response.content
    assert not (Closing.objects.exists())
    assert not (Export.objects.exists())


def test_who_is_discreet_is_told_nothing_in_a_mailbox_that_another_reads():
    someone = account(email="camille@example.org")
    choosing_channels.be_discreet(someone, email_is_shared=True, phone_is_shared=False, device="", at=timezone.now())
    assert closed(someone) == []
