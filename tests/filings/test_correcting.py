"""What was accepted is corrected by another request: the first stays to be read, the correction takes its place."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.filings.factories import ADDRESS, APPROVAL, CONTEST, REFUSAL, desk, procedure, rights
from tests.filings.shipped import approve, send
from tests.filings.test_effects import AID
from tests.filings.test_who_may_act import BANK, IBAN
from tests.household.homes import outsider
from xpassfam.certificates.models import Paper
from xpassfam.filings.actions import clock, confirming, deciding, drafting, sending
from xpassfam.filings.correcting import DONE_ANEW, TAKEN_BACK, NotCorrectable
from xpassfam.filings.effects import CannotTakeEffect, corrected
from xpassfam.filings.models import Filing
from xpassfam.filings.states import NotPossible, Status
from xpassfam.filings.verdicts import Verdict
from xpassfam.journal.models import Line
from xpassfam.payments.models import PaymentOrder
from xpassfam.people.models import Activity, Household, Income, Residence

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate().isoformat()
ELSEWHERE = ADDRESS | {"address": "12 quai Vert", "postcode": "29200", "town": "Brest", "commune": "29019"}
D05 = {"source": "caf", "quotient": 98400, "month": "2026-10-01", "changed": False}
D01 = {"address": ADDRESS, "since": TODAY, "is_hosted": False, "all_move": True}
NUMBER = "ESF-2019-004813-E"
PAID = f"{AID}reasons:\n  - {{code: M03, sentence: Une pièce manque., law: Article 4.}}\n"


@pytest.fixture
def room():
    rights("R12")
    return desk()


def now(filing):
    return Filing.objects.get(pk=filing.pk)


def decide(filing, verdict, by):
    return deciding.decide(now(filing), verdict, seen=now(filing).version, by=by, at=timezone.now())


def corrects(room, first, answers, code="D05"):
    return send(room, code, answers, corrects=now(first))


def accepted(room, code, answers):
    first = send(room, code, answers)
    approve(room, first)
    return first


def town(room):
    return Household.objects.get(pk=room.home.household.pk).town


def later(days):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def test_the_first_stays_and_its_correction_stands_in_its_place(room):
    first = accepted(room, "D05", D05)
    again = corrects(room, first, D05 | {"quotient": 48900})
    assert now(first).status == Status.APPROVED

    approve(room, again)

    first = now(first)
    assert (first.status, first.answers["quotient"], now(again).status) == (Status.REPLACED, 98400, Status.APPROVED)
    assert Paper.objects.get(code=first.decisions.get().letter["check"]["code"]).replaced_at is not None
    kinds = set(Line.objects.values_list("kind", flat=True))
    assert {"filings.corrected", "filings.replaced"} <= kinds


def test_a_correction_that_is_refused_leaves_the_first_as_it_was(room):
    first = accepted(room, "D05", D05)

    decide(corrects(room, first, D05 | {"quotient": 48900}), REFUSAL, room.nadia)

    assert now(first).status == Status.APPROVED
    assert Income.objects.get().quotient_cents == 98400


@pytest.mark.parametrize(
    "change",
    [
        {"quotient": 48900},
        {"month": "2026-06-01"},
        {"source": "tax", "tax_income": 33_600_00, "benefits": 0},
    ],
)
def test_of_an_income_the_corrected_one_alone_is_known(room, change):
    first = accepted(room, "D05", D05)
    before = Household.objects.get(pk=room.home.household.pk).facts_version

    again = corrects(room, first, D05 | change)
    approve(room, again)

    assert Income.objects.get().cause == again.public_id
    assert Household.objects.get(pk=room.home.household.pk).facts_version > before


def test_of_an_activity_the_corrected_one_alone_is_known(room):
    child = room.home.child
    child.birth_date = timezone.localdate() - timedelta(days=19 * 365)
    child.save()
    said = {"child": child.public_id, "activity": "student", "place": "Lycée", "year": 2026}
    first = accepted(room, "D07", said)

    approve(room, corrects(room, first, said | {"activity": "apprentice", "year": 2025}, "D07"))

    known = Activity.objects.get()
    assert (known.kind, known.since.year) == ("apprentice", 2025)


def test_an_address_is_that_of_the_correction(room):
    first = accepted(room, "D01", D01)

    approve(room, corrects(room, first, D01 | {"address": ELSEWHERE}, "D01"))

    assert town(room) == "Brest"


def test_what_waited_for_its_day_does_not_overwrite_the_correction(room):
    first = accepted(room, "D01", D01 | {"since": later(10)})

    approve(room, corrects(room, first, D01 | {"address": ELSEWHERE}, "D01"))
    clock.run_due_effects(at=timezone.now() + timedelta(days=20))

    assert town(room) == "Brest"
    assert now(first).decisions.get().effects_at is None


def test_of_two_that_wait_the_correction_alone_comes(room):
    first = accepted(room, "D01", D01 | {"since": later(10)})
    approve(room, corrects(room, first, D01 | {"address": ELSEWHERE, "since": later(5)}, "D01"))

    assert clock.run_due_effects(at=timezone.now() + timedelta(days=20)) == 1

    assert town(room) == "Brest"


def test_a_reserve_is_not_lifted_once_the_correction_is_accepted(room):
    first = send(room, "D05", D05)
    decide(
        first, Verdict("approved_under_reserve", limits="Une attestation récente.", reserve=["statement"]), room.nadia
    )
    approve(room, corrects(room, first, D05 | {"quotient": 48900}))

    with pytest.raises(NotPossible):
        deciding.lift_reserve(now(first), seen=now(first).version, by=room.nadia, at=timezone.now())

    assert Income.objects.get().quotient_cents == 48900


def test_a_correction_under_reserve_takes_the_place_of_what_waits_and_leaves_what_was_done(room):
    waiting, done = accepted(room, "D01", D01 | {"since": later(10)}), accepted(room, "D05", D05)
    reserve = Verdict("approved_under_reserve", limits="Une attestation récente.", reserve=["statement"])
    decide(corrects(room, waiting, D01 | {"address": ELSEWHERE}, "D01"), reserve, room.nadia)
    again = corrects(room, done, D05 | {"quotient": 48900})
    decide(again, reserve, room.nadia)

    clock.run_due_effects(at=timezone.now() + timedelta(days=20))
    assert (town(room), Income.objects.get().quotient_cents) == ("Nantes", 98400)
    assert (now(waiting).status, now(done).status) == (Status.REPLACED, Status.APPROVED)

    deciding.lift_reserve(now(again), seen=now(again).version, by=room.nadia, at=timezone.now())
    assert (now(done).status, Income.objects.get().quotient_cents) == (Status.REPLACED, 48900)


def test_an_address_that_was_changed_is_not_left_there_without_a_word(room):
    first = accepted(room, "D01", D01)
    movers = [room.home.partner.person.public_id]
    again = corrects(room, first, D01 | {"all_move": False, "who_moves": movers}, "D01")

    with pytest.raises(CannotTakeEffect, match=first.reference):
        approve(room, again)


def test_a_correction_of_a_correction_undoes_them_all(room):
    first = accepted(room, "D05", D05)
    second = corrects(room, first, D05 | {"quotient": 48900, "month": "2026-09-01"})
    decide(second, REFUSAL, room.nadia)
    third = corrects(room, second, D05 | {"quotient": 51200, "month": "2026-08-01"})

    approve(room, third)

    assert Income.objects.get().cause == third.public_id
    assert [now(one).status for one in (first, second)] == [Status.REPLACED, Status.REFUSED]


def test_an_account_is_that_of_the_correction_after_its_three_days(room):
    version = procedure(BANK)
    first = room.filed({"holder": "Camille Martin", "iban": IBAN}, version=version, with_proof=False)
    approve(room, first)
    other = "FR1420041010050500013M02606"
    again = room.filed(
        {"holder": "Camille Martin", "iban": other}, version=version, with_proof=False, corrects=now(first)
    )

    # An account that changes twice in a month takes two agents.
    confirming.propose(again, APPROVAL, seen=again.version, by=room.nadia, at=timezone.now())
    confirming.confirm(again, seen=now(again).version, by=room.claire, at=timezone.now())

    assert now(first).status == Status.REPLACED
    at = timezone.now() + timedelta(hours=73)
    assert [one.iban_end for one in room.home.household.bank_details.active(at)] == [other[-4:]]


def shared(room, **more):
    said = {"child": room.home.child.public_id, "since": TODAY, "rhythm": "week", "sharing": "me"}
    return said | {"proof": "judgment", "other_parent": NUMBER} | more


@pytest.mark.parametrize("first_day", [TODAY, later(30)])
def test_a_shared_residence_is_shared_as_the_correction_says(room, first_day):
    theirs = outsider("Antoine Moreau", NUMBER).person.residences.get().household_id
    first = accepted(room, "D06", shared(room, since=first_day))

    approve(room, corrects(room, first, shared(room, sharing="half", since="2026-11-02"), "D06"))

    stay = Residence.objects.get(person=room.home.child, household=theirs)
    assert (stay.aid_share, stay.since.isoformat()) == (50, "2026-11-02")


@pytest.mark.parametrize("change", ["child", "number"])
def test_a_child_who_entered_another_home_is_not_left_there_without_a_word(room, change):
    outsider("Antoine Moreau", NUMBER)
    first = accepted(room, "D06", shared(room))
    again = corrects(room, first, shared(room), "D06")
    again.answers |= {"child": {"child": room.home.holder.person.public_id}, "number": {"other_parent": ""}}[change]
    again.save()

    with pytest.raises(CannotTakeEffect, match="registre"):
        approve(room, again)


def test_a_child_who_was_added_is_not_added_a_second_time(room):
    born = {"link": "own", "last_name": "Martin", "first_names": "Zoé", "birth_date": TODAY, "since": TODAY}
    first = accepted(room, "D02", born | {"residence": "here"})

    with pytest.raises(NotCorrectable):
        corrects(room, first, born | {"first_names": "Zoé, Ana", "residence": "here"}, "D02")


def refused_aid(room):
    """With its decision, and another request that corrects it."""
    version = procedure(PAID)
    first = room.filed({"amount": 8000}, version=version, with_proof=False)
    decision = decide(first, REFUSAL, room.nadia)
    return first, decision, room.filed({"amount": 8000}, version=version, with_proof=False, corrects=now(first))


def contested(room, decision):
    contest = room.filed({"grounds": "Non."}, version=procedure(CONTEST), contests=decision, with_proof=False)
    decide(contest, APPROVAL, room.claire)


def test_a_refused_aid_that_was_corrected_and_granted_is_not_granted_again_after_a_contest(room):
    first, decision, again = refused_aid(room)
    approve(room, again)
    contested(room, decision)

    with pytest.raises(CannotTakeEffect, match=again.reference):
        decide(first, APPROVAL, room.claire)

    assert PaymentOrder.objects.count() == 1
    deciding.close(now(first), reason="Corrigée.", seen=now(first).version, by=room.claire, at=timezone.now())


def test_a_refused_aid_that_a_contest_granted_is_not_granted_by_its_correction_too(room):
    first, decision, again = refused_aid(room)
    contested(room, decision)
    decide(first, APPROVAL, room.claire)

    with pytest.raises(CannotTakeEffect, match=first.reference):
        approve(room, now(again))

    assert PaymentOrder.objects.count() == 1


def test_not_even_under_reserve(room):
    first, decision, again = refused_aid(room)
    contested(room, decision)
    decide(first, APPROVAL, room.claire)

    with pytest.raises(CannotTakeEffect, match="rien ne se fait deux fois"):
        decide(again, Verdict("approved_under_reserve", limits="Sous réserve de la facture."), room.nadia)
    assert (now(first).status, now(again).is_pending) == (Status.APPROVED, True)


def test_an_aid_that_was_granted_is_not_asked_for_again_by_a_correction(room):
    first = room.filed({"amount": 8000}, version=procedure(PAID), with_proof=False)
    approve(room, first)

    with pytest.raises(NotCorrectable):
        room.filed({"amount": 8000}, version=procedure(PAID), with_proof=False, corrects=now(first))


def test_of_two_corrections_the_first_that_is_sent_is_the_one(room):
    first = accepted(room, "D05", D05)
    begun = room.draft(D05, version=now(first).procedure_version, with_proof=False, corrects=now(first))
    corrects(room, first, D05)

    with pytest.raises(NotCorrectable):
        sending.send(begun, access=room.access, by=room.camille, at=timezone.now())
    with pytest.raises(NotCorrectable):
        drafting.start(
            now(first).procedure_version, access=room.access, start_key="k", at=timezone.now(), corrects=now(first)
        )


def test_an_acceptance_by_silence_is_corrected_too(room):
    first = send(room, "D05", D05)
    Filing.objects.filter(pk=first.pk).update(silence_effect="acceptance", silence_on="2026-11-01")
    deciding.record_implicit_acceptance(now(first), seen=now(first).version, by=room.nadia, at=timezone.now())

    approve(room, corrects(room, first, D05 | {"quotient": 48900}))

    assert (now(first).status, Income.objects.get().quotient_cents) == (Status.REPLACED, 48900)


def test_what_our_silence_accepted_is_corrected_before_an_agent_wrote_it_down(room):
    first = send(room, "D05", D05)
    silent = {"silence_effect": "acceptance", "silence_on": "2026-11-01", "silence_told_at": timezone.now()}
    Filing.objects.filter(pk=first.pk).update(**silent)

    approve(room, corrects(room, first, D05 | {"quotient": 48900}))

    assert (now(first).status, Income.objects.get().quotient_cents) == (Status.REPLACED, 48900)
    with pytest.raises(NotPossible):
        deciding.record_implicit_acceptance(now(first), seen=now(first).version, by=room.nadia, at=timezone.now())


def test_what_our_silence_accepted_stands_as_long_as_its_correction_is_under_reserve(room):
    first = send(room, "D05", D05)
    silent = {"silence_effect": "acceptance", "silence_on": "2026-11-01", "silence_told_at": timezone.now()}
    Filing.objects.filter(pk=first.pk).update(**silent)
    reserve = Verdict("approved_under_reserve", limits="Une attestation récente.", reserve=["statement"])
    again = corrects(room, first, D05 | {"quotient": 48900})

    decide(again, reserve, room.nadia)
    deciding.record_implicit_acceptance(now(first), seen=now(first).version, by=room.nadia, at=timezone.now())

    assert (now(first).status, Income.objects.get().quotient_cents) == (Status.APPROVED, 98400)


def test_what_waits_for_an_answer_is_not_corrected(room):
    with pytest.raises(NotCorrectable):
        corrects(room, send(room, "D05", D05), D05)


def test_what_a_correction_may_do_is_what_is_done_here():
    assert (set(corrected.DONE_ANEW), set(corrected.TAKEN_BACK)) == (DONE_ANEW, TAKEN_BACK)
