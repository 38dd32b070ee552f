"""An address typed for somebody else invites them, and proves nothing more of them."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from tests.accounts.factories import sign_up_by_file
from tests.accounts.mailbox import path, received
from tests.filings.factories import desk, procedure
from tests.filings.shipped import DEFINITIONS
from tests.filings.test_shipped_procedures import IBAN, TODAY, approve, leave_alone, send
from tests.filings.walking import Walker, page
from tests.household.homes import entered
from tests.payments.accounts import NADIA
from xpassfam.accounts.models import Account
from xpassfam.filings.actions import drafting, sending
from xpassfam.filings.effects import CannotTakeEffect
from xpassfam.payments.actions import change_bank_details
from xpassfam.people.actions import inviting
from xpassfam.people.models import Access, Invitation, Person, Residence
from xpassfam.procedures.forms import typed
from xpassfam.procedures.language import load

pytestmark = pytest.mark.django_db
TYPED = "awa@example.org"
AWA = {
    "last_name": "Diallo", "first_names": "Awa", "birth_date": "1990-05-01", "email": TYPED,
    "status": "pacs", "since": TODAY,
}  # fmt: skip


@pytest.fixture
def room():
    return desk()


@pytest.fixture
def awa(room):
    """Invited, with her mail delivered."""
    leave_alone(room)
    approve(room, send(room, "D03", AWA))
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


class TestWhoIsNoPartner:
    """Each is refused where it is typed, when it is sent, and when an agent would grant it."""

    @pytest.fixture
    def draft(self, room):
        leave_alone(room)
        return room.draft(AWA, version=procedure(DEFINITIONS["D03"]), with_proof=False)

    def typed(self, room, draft, section, **answers):
        data = typed(draft.definition.section(section), {**AWA, **answers}) | {"seen": "0"}
        text = Walker.of(room.home.holder).post(page(draft, f"etape/{section}/"), data).content.decode()
        return unescape(text).replace("\u00a0", " ")

    def test_a_child(self, room, draft):
        text = self.typed(room, draft, "person", birth_date="2020-04-03")

        assert "Un conjoint ou partenaire a au moins 18 ans." in text
        assert "choisissez la démarche « Ajouter un enfant »" in text

    def test_whoever_writes_their_own_address(self, room, draft):
        assert "C’est votre adresse e-mail." in self.typed(room, draft, "person", email=room.home.holder.email)

    def test_a_life_together_that_begins_before_a_birth(self, room, draft):
        drafting.save(draft, section="person", answers=AWA, seen=1, access=room.access, at=timezone.now())

        text = self.typed(room, draft, "couple", since="1990-04-30")

        assert "Une vie commune commence après vos deux naissances." in text

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"birth_date": "2020-04-03"}, "18\u00a0ans"),
            ({"since": "1990-04-30"}, "Une vie commune commence après la naissance"),
            ({"since": "1988-01-01", "birth_date": "1985-01-01"}, "Une vie commune commence après la naissance"),
            ({"email": "camille@example.org"}, "Donnez celle de son partenaire"),
        ],
        ids=["a child", "before their birth", "before mine", "my own address"],
    )
    def test_an_agent_grants_none_of_it_either_whatever_the_definition_let_through(self, room, wrong, said):
        leave_alone(room)
        Person.objects.filter(pk=room.home.holder.person.pk).update(
            birth_date=date(1988, 4, 12), email="Camille@example.org"
        )
        sent = send(room, "D03", AWA)
        sent.answers |= wrong
        sent.save()

        with pytest.raises(CannotTakeEffect, match=said):
            approve(room, sent)
        assert not Person.objects.filter(first_names="Awa").exists()
        assert not Invitation.objects.exists()

    def test_a_definition_that_bounds_nothing_does_not_let_it_be_sent(self, room):
        leave_alone(room)
        bounds = ("at_most: today-18y\n", "not_mine: true\n", "at_least: [birth_date, me.birth_date]\n")
        lines = [line for line in DEFINITIONS["D03"].splitlines(keepends=True) if not line.strip().startswith("why_at")]
        text = "".join(line for line in lines if line.lstrip() not in bounds)
        draft = room.draft({**AWA, "birth_date": "2020-04-03"}, version=procedure(text), with_proof=False)
        proof = room.document(kind="proof_of_life_together")
        drafting.add_piece(draft, key="life_together", document=proof, access=room.access, at=timezone.now())

        with pytest.raises(sending.Incomplete, match="18"):
            sending.send(draft, access=room.access, by=room.camille, at=timezone.now())


def test_she_is_in_the_home_at_once_and_stays_whatever_she_answers_as_the_page_says(room, awa):
    definition = load(DEFINITIONS["D03"])
    assert "compte tout de suite dans votre foyer" in definition.purpose
    assert "elle reste dans le foyer" in definition.field("joining").text

    refused(room, awa)

    assert Residence.objects.filter(person=awa, household=room.home.household, until=None, role="partner").exists()
    assert not Access.objects.filter(person=awa).exists()


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
