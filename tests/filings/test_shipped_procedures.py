"""The procedures that ship, filed and approved as families would: each does what it promises."""

from datetime import date

import pytest
import time_machine
from django.utils import timezone

from tests.filings.factories import ADDRESS, REFUSAL, desk, rights
from tests.filings.shipped import DEFINITIONS, approve, send
from tests.household.homes import outsider
from tests.people.factories import Role, living, person
from xpassfam.documents.models import Document
from xpassfam.entitlements.asking import ask
from xpassfam.entitlements.models import Use
from xpassfam.entitlements.published import rules_on
from xpassfam.entitlements.reading import home_of
from xpassfam.filings.actions import deciding, examining, following, sending
from xpassfam.filings.effects import CannotTakeEffect
from xpassfam.filings.models import Filing
from xpassfam.filings.states import Status
from xpassfam.payments.models import PaymentOrder
from xpassfam.people.models import Household, Income, Invitation, Person, Residence
from xpassfam.procedures.language import load
from xpassfam.rules.income import parts, quotient_cents

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate().isoformat()
IBAN = "FR7630006000011234567890189"


@pytest.fixture
def room():
    rights("R02", "R04", "R06", "R12")
    return desk()


def leave_alone(room):
    Residence.objects.filter(person=room.home.partner.person).update(until=timezone.localdate())


def test_an_address(room):
    answers = {"address": ADDRESS, "since": TODAY, "is_hosted": False, "all_move": True}
    approve(room, send(room, "D01", answers))

    assert Household.objects.get(pk=room.home.household.pk).town == "Quimper"


def test_an_address_where_only_some_move_leaves_the_home_where_it_is(room):
    movers = [room.home.partner.person.public_id]
    answers = {"address": ADDRESS, "since": TODAY, "is_hosted": False, "all_move": False, "who_moves": movers}
    approve(room, send(room, "D01", answers))

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
    with pytest.raises(sending.Incomplete) as refusal:
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


def test_an_income(room):
    answers = {"source": "caf", "quotient": 98400, "month": TODAY, "changed": False}
    approve(room, send(room, "D05", answers))

    assert Income.objects.get().quotient_cents == 98400


def test_an_income_counted_of_a_tax_notice(room):
    answers = {"source": "tax", "month": TODAY, "tax_income": 33_600_00, "benefits": 151_00, "changed": False}
    approve(room, send(room, "D05", answers))

    income = Income.objects.get()
    children = Residence.objects.filter(household=room.home.household, role="dependent_child").count()
    assert (income.source, income.quotient_cents) == ("tax", quotient_cents(33_600_00, 151_00, parts(children)))


def test_a_parent_to_whom_all_aids_go(room):
    antoine = outsider("Antoine Moreau", "ESF-2019-004813-E")
    answers = {
        "child": room.home.child.public_id, "since": TODAY, "other_parent": "esf 2019 4813 e", "rhythm": "week",
        "sharing": "me", "proof": "judgment",
    }  # fmt: skip
    approve(room, send(room, "D06", answers))

    theirs = antoine.person.residences.get().household_id
    shares = dict(Residence.objects.filter(person=room.home.child).values_list("household", "aid_share"))
    assert shares == {room.home.household.pk: 100, theirs: 0}


def test_a_child_of_two_homes(room):
    antoine = outsider("Antoine Moreau", "ESF-2019-004813-E")
    answers = {
        "child": room.home.child.public_id, "since": TODAY, "other_parent": "esf 2019 4813 e", "rhythm": "week",
        "sharing": "half", "proof": "judgment",
    }  # fmt: skip
    approve(room, send(room, "D06", answers))

    stays = Residence.objects.filter(person=room.home.child, is_shared=True)
    homes = {stay.household_id for stay in stays}
    assert homes == {room.home.household.pk, antoine.person.residences.get().household_id}


def test_a_child_of_two_homes_that_are_known_needs_no_number(room):
    other = outsider("Antoine Moreau", "ESF-2019-004813-E")
    home = other.person.residences.get().household
    living(room.home.child, home, Role.DEPENDENT_CHILD)
    answers = {"child": room.home.child.public_id, "since": TODAY, "rhythm": "week", "sharing": "half"}
    approve(room, send(room, "D06", answers | {"proof": "judgment"}))

    assert Residence.objects.filter(person=room.home.child, is_shared=True).count() == 2


def test_a_bank_account(room):
    approve(room, send(room, "D12", {"holder": "Camille Martin", "iban": IBAN}))

    assert room.home.household.bank_details.get().iban_end == "0189"


def test_a_new_school_year_pays_each_child(room):
    ines = room.home.child.public_id
    with time_machine.travel("2026-10-02T08:00:00Z", tick=False):
        sent = send(room, "D08", {"children": [ines], "schools": "École Jules-Ferry, CM1"})
        approve(room, sent, **{ines: 8000})

    order, use = PaymentOrder.objects.get(), Use.objects.get()
    assert (order.label, order.amount_cents) == ("Coup de pouce rentrée, Inès Benali", 8000)
    assert (use.right, use.person, use.amount_cents, use.reference) == ("R02", room.home.child, 8000, sent.reference)


def test_a_school_certificate_is_asked_from_sixteen_on_as_the_rule_has_it(room):
    nolwenn = living(person("Nolwenn Martin", date(2010, 10, 2)), room.home.household, Role.DEPENDENT_CHILD).person
    answers = {"children": [room.home.child.public_id, nolwenn.public_id], "schools": "Lycée"}
    with time_machine.travel("2026-10-02T08:00:00Z", tick=False):
        sent = send(room, "D08", answers)

    assert [one["key"] for one in sent.asked] == [f"certificate-{nolwenn.public_id}"]


def test_out_of_its_season_the_new_school_year_waits_for_it(room):
    answers = {"children": [room.home.child.public_id], "schools": "École"}
    with time_machine.travel("2026-12-02T08:00:00Z", tick=False), pytest.raises(sending.Incomplete) as refusal:
        send(room, "D08", answers)

    assert "du 1er juin au 30 novembre" in str(refusal.value)


CARE = {"mode": "childminder", "since": "2026-09-01", "cost": 42000, "other_aids": 0}


def test_childcare_pays_what_was_granted(room):
    tom = living(person("Tom Martin", date(2024, 3, 1)), room.home.household, Role.DEPENDENT_CHILD).person
    approve(room, send(room, "D09", {"child": tom.public_id, **CARE}), **{tom.public_id: 45000})

    assert PaymentOrder.objects.get().label == "Aide à la garde, Tom Martin"


def test_a_stay_is_promised_then_paid_on_its_invoice(room):
    ines = room.home.child.public_id
    stay = {"organiser": "Les Francas", "since": "2026-07-06", "until": "2026-07-18", "price": 42000}
    decision = approve(room, send(room, "D10", {"child": ines, **stay, "remainder": 26000}), **{ines: 15000})
    assert (decision.filing.status, PaymentOrder.objects.count()) == (Status.APPROVED_UNDER_RESERVE, 0)

    now, filing = timezone.now(), decision.filing
    bill = room.document("invoice")
    following.add_piece(filing, key=f"invoice-{ines}", document=bill, access=room.access, at=now)
    filing.refresh_from_db()
    deciding.lift_reserve(filing, seen=filing.version, by=room.nadia, at=now)

    assert PaymentOrder.objects.get().amount_cents == 15000


def test_an_exceptional_aid_is_one_amount_for_the_home(room):
    event = {"motive": "bills", "when": TODAY, "story": "Le loyer de novembre.", "is_urgent": False}
    budget = {"income": 150000, "costs": 170000, "wanted": 40000}
    approve(room, send(room, "D11", event | budget), **{"": 30000})

    order = PaymentOrder.objects.get()
    assert (order.label, order.amount_cents) == ("Aide exceptionnelle", 30000)


@pytest.mark.parametrize(
    ("motive", "asked"),
    [
        ("job_loss", ["job"]),
        ("bills", ["bills"]),
        ("death", ["death"]),
        ("health", ["care"]),
        ("disaster", ["disaster"]),
    ],
)
def test_the_papers_of_an_exceptional_aid_follow_what_happened(room, motive, asked):
    event = {"motive": motive, "when": TODAY, "story": "Un coup dur.", "is_urgent": False}
    sent = send(room, "D11", event | {"income": 1, "costs": 1, "wanted": 1})

    assert [one["key"] for one in sent.asked] == asked


def test_the_year_of_a_young_person(room):
    ines = room.home.child
    type(ines).objects.filter(pk=ines.pk).update(birth_date=date(2006, 3, 14))
    answers = {"child": ines.public_id, "activity": "apprentice", "place": "CFA de Rennes", "year": 2026}
    approve(room, send(room, "D07", answers))

    year = ines.activities.get()
    assert (year.kind, year.since, year.until) == ("apprentice", date(2026, 9, 1), date(2027, 8, 31))


def answer_of(room, right, child, on=None):
    asked = ask(home_of(room.home.household), on or timezone.localdate(), rules_on)
    return next(one.answer for one in asked.answers if one.key == (right, child.public_id))


def test_a_young_person_who_studies_is_a_dependent_until_the_end_of_august(room):
    rights("R07")
    child = room.home.child
    type(child).objects.filter(pk=child.pk).update(birth_date=date(2005, 3, 14))
    asked = {"child": child.public_id, "activity": "student", "place": "Université de Rennes", "year": 2026}
    assert answer_of(room, "R07", child, date(2026, 11, 23)) == "unknown"

    approve(room, send(room, "D07", asked))
    assert answer_of(room, "R07", child, date(2027, 8, 31)) == "yes"
    assert answer_of(room, "R07", child, date(2027, 9, 1)) != "yes"


def test_the_decision_that_is_accepted_opens_the_right_though_its_request_is_private(room):
    rights("R11")
    child = room.home.child
    sent = send(room, "D13", {"child": child.public_id, "kind": "rate", "since": TODAY})
    document = sent.pieces.get().document
    Document.objects.filter(pk=document.pk).update(person=child, is_restricted=True)
    assert answer_of(room, "R11", child) == "unknown"

    piece = sent.pieces.get()
    said = {"verdict": "accepted", "explanation": "", "seen": piece.as_judged}
    examining.judge(piece, **said, by=room.nadia, at=timezone.now())
    assert answer_of(room, "R11", child) == "yes"


def test_a_disability_is_its_filer_s_to_read_and_asks_for_the_decision_alone(room):
    answers = {"child": room.home.child.public_id, "kind": "aeeh", "since": TODAY}
    sent = send(room, "D13", answers)
    approve(room, sent)

    [piece] = sent.pieces.select_related("document")
    assert (sent.is_private, piece.document.kind) == (True, "disability_decision")
    assert not Filing.objects.visible_to(room.home.access_of(room.home.partner)).exists()


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


@pytest.mark.parametrize(
    ("code", "answers", "asked"),
    [
        (
            "F01",
            {"helper_name": "Rose Le Goff", "helper_email": "rose@example.org", "may": ["see", "requests"]},
            ["mandate"],
        ),
        ("F02", {"rights": ["access"], "for_child": False}, []),
        ("F03", {"wants_copy": True}, []),
        ("F04", {"kind": "paid", "year": 2025}, []),
        ("F05", {"where": "Mes documents", "what": "Le bouton n’est pas lu.", "is_urgent": False}, []),
    ],
)
def test_a_short_form_is_filed_and_answered(room, code, answers, asked):
    sent = send(room, code, answers)
    assert (sent.status, [one["key"] for one in sent.asked]) == ("received", asked)
    assert sent.due_on > timezone.localdate(sent.filed_at)
    approve(room, sent)

    sent.refresh_from_db()
    assert sent.status == "approved"


@pytest.mark.parametrize(
    ("code", "wrong", "said"),
    [
        ("D01", {"since": "2035-01-01"}, "Un déménagement se déclare un an à l’avance au plus."),
        ("D01", {"since": "1995-01-01"}, "Si vous y vivez depuis plus de cinq ans, appelez-nous."),
        ("D02", {"since": "2023-02-08"}, "Un enfant vit chez vous à partir de sa naissance, ou après."),
    ],
)
def test_a_day_that_can_not_be_is_refused(room, code, wrong, said):
    answers = {
        "D01": {"address": ADDRESS, "is_hosted": False, "all_move": True},
        "D02": {
            "link": "own", "last_name": "Martin", "first_names": "Zoé", "birth_date": "2023-02-09", "residence": "here",
        },
    }  # fmt: skip
    with pytest.raises(sending.Incomplete) as refusal:
        send(room, code, answers[code] | wrong)

    assert said in str(refusal.value)
