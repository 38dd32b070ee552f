"""An address typed for somebody else invites them, and proves nothing more of them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.accounts.factories import sign_up_by_file
from tests.accounts.mailbox import path, received
from tests.filings.factories import desk
from tests.filings.test_shipped_procedures import IBAN, TODAY, approve, leave_alone, send
from tests.household.homes import entered
from tests.payments.accounts import NADIA
from xpassfam.accounts.models import Account
from xpassfam.payments.actions import change_bank_details
from xpassfam.people.actions import inviting
from xpassfam.people.models import Access, Invitation, Person

pytestmark = pytest.mark.django_db
TYPED = "awa@example.org"


@pytest.fixture
def room():
    return desk()


@pytest.fixture
def awa(room):
    """Invited, with her mail delivered."""
    leave_alone(room)
    answers = {
        "last_name": "Diallo", "first_names": "Awa", "birth_date": "1990-05-01", "email": TYPED,
        "status": "pacs", "since": TODAY,
    }  # fmt: skip
    approve(room, send(room, "D03", answers))
    return Person.objects.get(first_names="Awa")


@pytest.fixture
def letters(awa):
    return subjects(received())


def subjects(letters):
    return [letter.subject for letter in letters if letter.to == [TYPED]]


def sign_up(someone, email=TYPED):
    sign_up_by_file(Client(), someone, email, first_name="Awa", last_name="Diallo")
    return received()


def opens(letters):
    """Whether these mails open an account."""
    return any("/activation/" in letter.body for letter in letters)


def test_she_is_invited_at_the_address_that_was_typed(awa, letters):
    assert letters == ["Camille Martin vous invite"]
    assert awa.email == ""


def test_nothing_else_of_the_home_is_written_there(room, awa, letters):
    change_bank_details(room.home.household, holder="Camille Martin", iban=IBAN, by=NADIA, at=timezone.now())

    assert subjects(received()) == []


def test_she_opens_her_account_with_it_and_accepts(room, awa, letters):
    link = path(sign_up(awa)[0], "/activation/")
    Client().post(link, {"password": "girafe-lavande-tambour-7"})
    found = Invitation.objects.get()

    entered(Account.objects.get(person=awa)).post(f"/mon-compte/invitations/{found.public_id}/accord/")

    assert Access.objects.filter(person=awa, household=room.home.household).exists()


def test_another_address_opens_nothing_in_her_name(awa, letters):
    assert not opens(sign_up(awa, "camille.bis@example.org"))


def refused(room, awa):
    inviting.refuse(Invitation.objects.get(), person=awa, by=room.camille, at=timezone.now())


def withdrawn(room, awa):
    inviting.withdraw(Invitation.objects.get(), viewer=room.access, by=room.camille, at=timezone.now())


def expired(room, awa):
    long_ago = timezone.now() - inviting.GOOD_FOR
    Invitation.objects.update(created_at=long_ago - timedelta(days=1), expires_at=long_ago)


def known_to_the_register(room, awa):
    Person.objects.filter(pk=awa.pk).update(register_key="P-1")


ENDS = [refused, withdrawn, expired, known_to_the_register]


@pytest.mark.parametrize("ends", ENDS)
def test_once_the_invitation_is_over_or_the_register_knows_her_it_opens_nothing(room, awa, letters, ends):
    ends(room, awa)

    assert not opens(sign_up(awa))


@pytest.mark.parametrize("ends", ENDS)
def test_a_sign_up_under_way_ends_with_it(room, awa, letters, ends):
    link = path(sign_up(awa)[0], "/activation/")
    ends(room, awa)

    assert Client().post(link, {"password": "girafe-lavande-tambour-7"}).status_code == 410
    assert not Account.objects.filter(person=awa).exists()


def test_invited_again_from_the_page_she_is_written_to_at_the_same_address(room, awa, letters):
    expired(room, awa)
    page = {"guest": awa.public_id, "permission": "all"}

    entered(room.home.holder).post("/mon-compte/foyer/inviter/", page)

    assert subjects(received()) == ["Camille Martin vous invite"]
    assert opens(sign_up(awa))
