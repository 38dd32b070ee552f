"""The procedures that ship, filed and approved as families would: each does what it promises."""

import pytest
from django.utils import timezone

from tests.filings.factories import ADDRESS, REFUSAL, desk, procedure
from tests.household.homes import outsider
from tests.people.factories import Role, living
from xpassfam.filings import asking
from xpassfam.filings.actions import deciding, drafting, filing
from xpassfam.filings.actions.deciding import Verdict
from xpassfam.filings.effects import CannotTakeEffect
from xpassfam.filings.states import Status
from xpassfam.people.models import Household, Income, Invitation, Person, Residence, Separation
from xpassfam.procedures import shipped
from xpassfam.procedures.facts import facts_of
from xpassfam.procedures.language import load

pytestmark = pytest.mark.django_db
DEFINITIONS = {load(text).code: text for text in (path.read_text(encoding="utf-8") for path in shipped.files())}
TODAY = timezone.localdate().isoformat()
IBAN = "FR7630006000011234567890189"


@pytest.fixture
def room():
    return desk()


def send(room, code, answers, **more):
    """Every piece that is asked is given."""
    version = procedure(DEFINITIONS[code])
    draft = room.draft(answers, version=version, with_proof=False, **more)
    for asked in asking.answers.pieces_asked(version.definition, draft.answers, facts_of(room.access)):
        given = room.document(kind=asked.piece.kinds[0])
        drafting.add_piece(draft, key=asked.key, document=given, access=room.access, at=timezone.now())
    return filing.file(draft, access=room.access, by=room.camille, at=timezone.now())


def approve(room, sent, by=None):
    return deciding.decide(sent, Verdict("approved"), seen=sent.version, by=by or room.nadia, at=timezone.now())


def leave_alone(room):
    Residence.objects.filter(person=room.home.partner.person).update(until=timezone.localdate())


def test_an_address(room):
    answers = {"address": ADDRESS, "since": TODAY, "is_hosted": False, "all_move": True, "keep_old": False}
    approve(room, send(room, "D01", answers))

    assert Household.objects.get(pk=room.home.household.pk).town == "Quimper"


def test_an_address_where_only_some_move_leaves_the_home_where_it_is(room):
    movers = [room.home.partner.person.public_id]
    answers = {"address": ADDRESS, "since": TODAY, "is_hosted": False, "all_move": False, "who_moves": movers}
    approve(room, send(room, "D01", answers | {"keep_old": True}))

    assert Household.objects.get(pk=room.home.household.pk).town == "Nantes"


@pytest.mark.parametrize(("residence", "is_shared"), [("here", False), ("shared", True)])
def test_a_child(room, residence, is_shared):
    answers = {
        "link": "own", "last_name": "Martin", "first_names": "Zoé", "birth_date": TODAY, "since": TODAY,
        "residence": residence,
    }  # fmt: skip
    approve(room, send(room, "D02", answers))

    stay = Residence.objects.get(person__first_names="Zoé")
    assert (stay.household, stay.role, stay.is_shared) == (room.home.household, "dependent_child", is_shared)


@pytest.mark.parametrize("first_names", ["…", "🙂", "'", "\u0301"])
def test_a_child_without_a_name_that_can_be_read_is_not_sent(room, first_names):
    answers = {
        "link": "own", "last_name": "Martin", "first_names": first_names, "birth_date": TODAY, "since": TODAY,
        "residence": "here",
    }  # fmt: skip
    with pytest.raises(filing.Incomplete) as refusal:
        send(room, "D02", answers)

    assert "avec des lettres" in str(refusal.value)


def test_a_name_that_can_not_be_read_is_not_written_either(room):
    answers = {"link": "own", "last_name": "Martin", "first_names": "Zoé", "birth_date": TODAY, "since": TODAY}
    sent = send(room, "D02", answers | {"residence": "here"})
    sent.answers["first_names"] = "…"
    sent.save()

    with pytest.raises(CannotTakeEffect, match="avec des lettres"):
        approve(room, sent)


def test_a_partner_is_invited_and_sees_nothing_before_saying_yes(room):
    leave_alone(room)
    answers = {
        "last_name": "Diallo", "first_names": "Awa", "birth_date": "1990-05-01", "email": "awa@example.org",
        "status": "pacs", "since": TODAY,
    }  # fmt: skip
    approve(room, send(room, "D03", answers))

    awa = Person.objects.get(first_names="Awa")
    assert Invitation.objects.get().person == awa
    assert not awa.accesses.exists()


def test_a_separation_stops_sharing_as_soon_as_it_is_sent(room):
    leaver = room.home.partner.person.public_id
    answers = {"who_leaves": [leaver], "since": TODAY, "stays_confidential": True, "children_live": "undecided"}
    sent = send(room, "D04", answers | {"safe_way": "none"})

    assert sent.status == Status.RECORDED
    assert Separation.objects.open().filter(household=room.home.household).exists()


def test_an_income(room):
    answers = {"source": "caf", "quotient": 98400, "month": TODAY, "changed": False}
    approve(room, send(room, "D05", answers))

    assert Income.objects.get().quotient_cents == 98400


def test_a_child_of_two_homes(room):
    antoine = outsider("Antoine Moreau", "ESF-2019-004813-R")
    answers = {
        "child": room.home.child.public_id, "since": TODAY, "other_parent": "esf 2019 4813 r", "rhythm": "week",
        "sharing": "half", "has_judgment": True,
    }  # fmt: skip
    approve(room, send(room, "D06", answers))

    stays = Residence.objects.filter(person=room.home.child, is_shared=True)
    homes = {stay.household_id for stay in stays}
    assert homes == {room.home.household.pk, antoine.person.residences.get().household_id}


def test_a_child_of_two_homes_that_are_known_needs_no_number(room):
    other = outsider("Antoine Moreau", "ESF-2019-004813-R")
    home = other.person.residences.get().household
    living(room.home.child, home, Role.DEPENDENT_CHILD)
    answers = {"child": room.home.child.public_id, "since": TODAY, "rhythm": "week", "sharing": "half"}
    approve(room, send(room, "D06", answers | {"has_judgment": True}))

    assert Residence.objects.filter(person=room.home.child, is_shared=True).count() == 2


def test_a_bank_account(room):
    approve(room, send(room, "D12", {"holder": "Camille Martin", "iban": IBAN}))

    assert room.home.household.bank_details.get().iban_end == "0189"


def test_a_contest(room):
    refused = room.examined()
    first = deciding.decide(refused, REFUSAL, seen=refused.version, by=room.nadia, at=timezone.now())
    sent = send(room, "D14", {"about": "decision", "grounds": "La date est bonne."}, contests=first)
    approve(room, sent, by=room.claire)

    first.refresh_from_db()
    assert first.superseded_at is not None


@pytest.mark.parametrize("code", sorted(code for code in DEFINITIONS if code.startswith("F")))
def test_a_short_form_is_there(code):
    definition = load(DEFINITIONS[code])
    assert definition.sections
    assert definition.effects == ()
