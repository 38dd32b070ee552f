"""The family completes, writes, withdraws and hurries; the clock does its part."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from tests.filings.factories import desk, organisation
from xpassfam.filings.actions import clock, deciding, drafting, examining, following
from xpassfam.filings.actions.examining import NothingAsked, NoTimeLeft, TooSoon
from xpassfam.filings.actions.following import NotEverything, NothingToHurry
from xpassfam.filings.models import Filing
from xpassfam.filings.states import NotPossible, Status
from xpassfam.filings.verdicts import Verdict
from xpassfam.outbox.models import Message as Mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return desk()


def ask(room, filing, **more):
    more = {"fields": [], "pieces": ["proof"], "text": "Il me faut celle d’octobre.", **more}
    more.setdefault("until", timezone.localdate() + timedelta(days=10))
    return examining.ask(filing, seen=filing.version, by=room.nadia, at=timezone.now(), **more)


def now(filing):
    return Filing.objects.get(pk=filing.pk)


def complete(room, filing, **answers):
    return following.complete(filing, answers=answers, access=room.access, by=room.camille, at=timezone.now())


def give(room, filing, key="proof"):
    return following.add_piece(filing, key=key, document=room.document(), access=room.access, at=timezone.now())


def test_what_is_asked_is_the_family_s_turn_until_that_day(room):
    filing = room.examined()

    asked = ask(room, filing)

    filing = now(filing)
    assert (filing.status, filing.turn, filing.due_on) == (
        Status.AWAITING_APPLICANT,
        Filing.Turn.FAMILY,
        asked.until,
    )
    mail = Mail.objects.get(template="filings/mail/to_complete")
    assert "Attestation CAF" in str(mail.context["blocks"])


@pytest.mark.parametrize("wrong", [{"pieces": []}, {"text": " "}])
def test_nothing_in_particular_is_not_asked(room, wrong):
    with pytest.raises(NothingAsked):
        ask(room, room.examined(), **wrong)


def test_a_family_has_at_least_until_tomorrow(room):
    with pytest.raises(TooSoon):
        ask(room, room.examined(), until=timezone.localdate())


def test_it_is_complete_only_once_everything_asked_is_there(room):
    filing = room.examined()
    ask(room, filing, fields=["month"])

    with pytest.raises(NotEverything) as refusal:
        complete(room, filing)
    assert refusal.value.missing == ["Attestation CAF"]

    give(room, filing)
    complete(room, filing, month="2026-11-01")

    filing = now(filing)
    assert (filing.status, filing.answers["month"]) == (Status.UNDER_REVIEW, "2026-11-01")
    assert filing.due_on > timezone.localdate()


def test_what_was_not_asked_does_not_change(room):
    filing = room.examined()
    ask(room, filing)
    give(room, filing)

    complete(room, filing, quotient=1)

    assert now(filing).answers["quotient"] == 98400


def test_a_new_piece_replaces_the_one_found_too_old(room):
    filing = room.examined()
    first = filing.pieces.get()
    said = {"verdict": "too_old", "explanation": "De juillet.", "seen": first.as_judged}
    examining.judge(first, **said, by=room.nadia, at=timezone.now())
    ask(room, now(filing))

    give(room, filing)

    first.refresh_from_db()
    assert first.replaced_at is not None
    assert filing.pieces.filter(replaced_at=None).count() == 1


def test_the_same_completion_sent_twice_is_one(room):
    filing = room.examined()
    ask(room, filing)
    give(room, filing)
    complete(room, filing)

    assert complete(room, filing).status == Status.UNDER_REVIEW
    assert Mail.objects.filter(template="filings/mail/completed").count() == 1


def test_the_family_is_reminded_once_then_the_filing_stops(room):
    filing = room.examined()
    asked = ask(room, filing)
    near = timezone.now() + timedelta(days=6)

    assert (clock.remind(at=near), clock.remind(at=near)) == (1, 0)
    assert clock.expire(at=near) == 0
    assert clock.expire(at=timezone.now() + timedelta(days=11)) == 1

    filing = now(filing)
    assert (filing.status, filing.is_ended) == (Status.EXPIRED, True)
    asked.refresh_from_db()
    assert asked.closed_at is not None


def test_the_last_day_is_still_the_family_s(room):
    filing = room.examined()
    asked = ask(room, filing)
    last = timezone.now().replace(hour=12) + (asked.until - timezone.localdate())

    assert clock.expire(at=last) == 0


def test_withdrawn_twice_is_withdrawn_once_and_what_is_answered_stays(room):
    filing = room.filed()
    for _ in range(2):
        following.withdraw(filing, access=room.access, by=room.camille, at=timezone.now())
    assert Mail.objects.filter(template="filings/mail/withdrawn").count() == 1

    other = room.examined()
    deciding.decide(other, Verdict("approved"), seen=other.version, by=room.nadia, at=timezone.now())
    with pytest.raises(NotPossible):
        following.withdraw(other, access=room.access, by=room.camille, at=timezone.now())


def test_a_message_sent_twice_is_one_and_is_marked_read_by_the_other_side(room):
    filing = room.examined()
    for _ in range(2):
        message = following.write(
            filing, text="Bonjour", form_key="m1", access=room.access, by=room.camille, at=timezone.now()
        )
    assert filing.messages.count() == 1

    examining.open_for_reading(now(filing), by=room.nadia, at=timezone.now())
    message.refresh_from_db()
    assert message.read_at is not None

    answer = examining.write(now(filing), text="Bonjour", form_key="a1", by=room.nadia, at=timezone.now())
    following.read(filing, access=room.access, at=timezone.now())
    answer.refresh_from_db()
    assert answer.read_at is not None


def test_a_broken_promise_is_hurried_once(room):
    filing = room.examined()
    with pytest.raises(NothingToHurry):
        following.hurry(filing, access=room.access, by=room.camille, at=timezone.now())

    late = timezone.now() + timedelta(days=30)
    following.hurry(filing, access=room.access, by=room.camille, at=late)
    with pytest.raises(NothingToHurry):
        following.hurry(filing, access=room.access, by=room.camille, at=late)


def test_drafts_are_told_two_days_before_they_go_then_go(room):
    draft = room.draft()
    soon = timezone.now() + timedelta(days=29)

    assert (clock.warn_of_drafts(at=soon), clock.warn_of_drafts(at=soon)) == (1, 0)
    assert clock.drop_old_drafts(at=soon) == 0
    assert clock.drop_old_drafts(at=timezone.now() + timedelta(days=31)) == 1
    assert not Filing.objects.filter(pk=draft.pk).exists()


def test_a_draft_taken_up_again_after_its_warning_is_told_of_its_new_end(room):
    draft = room.draft()
    first = timezone.now() + timedelta(days=29)
    clock.warn_of_drafts(at=first)
    again = first + timedelta(hours=1)
    drafting.save(draft, section="income", answers={"quotient": 90000}, seen=1, access=room.access, at=again)

    assert clock.warn_of_drafts(at=first + timedelta(days=1)) == 0
    assert clock.warn_of_drafts(at=again + timedelta(days=29)) == 1
    assert Mail.objects.filter(template="filings/mail/draft_ends").count() == 2


def test_silence_is_a_dated_fact_told_once_and_no_decision(room):
    organisation(legal_profile="adm")
    filing = room.examined()
    later = timezone.now() + timedelta(days=70)

    assert (clock.note_silence(at=later), clock.note_silence(at=later)) == (1, 0)

    filing = now(filing)
    assert (filing.status, filing.silence_told_at is not None) == (Status.UNDER_REVIEW, True)
    assert not filing.decisions.exists()
    assert Mail.objects.filter(template="filings/mail/silence_acceptance").count() == 1

    decision = deciding.record_implicit_acceptance(filing, seen=filing.version, by=room.nadia, at=later)
    assert (decision.is_implicit, decision.effects_at) == (True, later)


def test_what_nothing_depends_on_ends_nothing_where_it_does_not_come(room):
    filing = now(room.examined())
    promised = filing.due_on

    completion = ask(room, filing, pieces=["note"], until=promised + timedelta(days=60))

    assert (completion.stops_clock, completion.until) == (False, promised - timedelta(days=2))
    seen, until = now(filing).version, promised + timedelta(days=9)
    with pytest.raises(NoTimeLeft):
        examining.extend(now(filing), until=until, seen=seen, by=room.nadia, at=timezone.now())
    later = timezone.make_aware(datetime.combine(promised, time(12))) + timedelta(days=1)
    clock.remind(at=later - timedelta(days=4))
    assert clock.expire(at=later - timedelta(days=2)) == 1
    filing = now(filing)
    assert (filing.status, filing.due_on, filing.completions.open().exists()) == (Status.UNDER_REVIEW, promised, False)
    told = Mail.objects.filter(template__in=["filings/mail/reminder_optional", "filings/mail/resumed"])
    assert told.count() == 2
    assert not Mail.objects.filter(template__in=["filings/mail/reminder", "filings/mail/expired"]).exists()


def test_what_nothing_depends_on_is_not_asked_for_once_our_answer_is_due(room):
    filing = now(room.examined())
    Filing.objects.filter(pk=filing.pk).update(due_on=timezone.localdate())

    with pytest.raises(NoTimeLeft):
        ask(room, now(filing), pieces=["note"])


def test_on_the_last_day_an_agent_may_still_answer(room):
    organisation(legal_profile="adm")
    filing = now(room.examined())
    noon = timezone.make_aware(datetime.combine(filing.silence_on, time(12)))

    assert clock.note_silence(at=noon) == 0
    with pytest.raises(NotPossible):
        deciding.record_implicit_acceptance(filing, seen=filing.version, by=room.nadia, at=noon)
    assert clock.note_silence(at=noon + timedelta(days=1)) == 1


def test_outside_administrations_silence_says_nothing(room):
    room.examined()

    assert clock.note_silence(at=timezone.now() + timedelta(days=400)) == 0
