"""While a committee has a request before it, its day can change, or it comes back: the family is told each time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.accounts.mailbox import received
from tests.desk.desks import entered
from tests.filings.factories import desk
from tests.filings.test_agents_deciding import dated, page_of, send
from tests.filings.test_history_sentences import last
from tests.filings.walking import Walker, page
from tests.household.homes import shown
from xpassfam.filings.actions import deciding, examining
from xpassfam.filings.actions.examining import TooSoon
from xpassfam.filings.holding import Overtaken
from xpassfam.filings.models import Filing
from xpassfam.filings.states import NotPossible, Status
from xpassfam.filings.verdicts import Verdict
from xpassfam.journal.models import Line
from xpassfam.organisation.actions import plan
from xpassfam.organisation.models import Meeting
from xpassfam.outbox.models import Message

pytestmark = pytest.mark.django_db
FIRST, SECOND = "8 décembre 2026", "15 décembre 2026"


@pytest.fixture
def room(time_machine):
    time_machine.move_to("2026-11-23 14:05:00Z", tick=False)
    return desk()


@pytest.fixture
def client(room):
    return entered(room.nadia)


@pytest.fixture
def before_committee(room):
    """Referred to that of 8 December."""
    return refer(room, room.examined(), 15)


def refer(room, filing, days, **more):
    on = timezone.localdate() + timedelta(days=days)
    how = {"seen": filing.version, "by": room.nadia, "at": timezone.now(), **more}
    return examining.refer(filing, on=on, **how)


def recall(room, filing, **more):
    how = {"seen": filing.version, "by": room.nadia, "at": timezone.now(), **more}
    return examining.recall(filing, **how)


def fresh(filing):
    return Filing.objects.get(pk=filing.pk)


def mail():
    """The last: its subject and its text."""
    letter = received()[-1]
    return letter.subject.replace("\u00a0", " "), letter.body.replace("\u00a0", " ")


def test_another_day_is_told_with_the_one_that_it_replaces(room, before_committee):
    refer(room, before_committee, 22)

    filing = fresh(before_committee)
    assert (filing.status, filing.committee_on.isoformat()) == (Status.COMMITTEE, "2026-12-15")
    subject, text = mail()
    assert SECOND in subject
    assert FIRST not in subject
    assert f"le {SECOND}, et non plus le {FIRST}" in " ".join(text.split())
    assert last() == f"Demande {filing.reference} : elle passe en commission le {SECOND}, et non plus le {FIRST}."


def test_the_same_day_is_no_news(room, before_committee):
    told = Message.objects.count(), Line.objects.count()

    refer(room, before_committee, 15)

    assert (Message.objects.count(), Line.objects.count()) == told
    assert fresh(before_committee).version == before_committee.version


def test_a_day_that_is_past_is_not_given(room, before_committee):
    with pytest.raises(TooSoon):
        refer(room, before_committee, -1)


def test_a_committee_that_met_without_it_gets_another_day(room, before_committee, time_machine):
    time_machine.move_to("2026-12-10 09:00:00Z", tick=False)

    assert refer(room, before_committee, 5).committee_on.isoformat() == "2026-12-15"


def test_taken_out_it_is_examined_again_and_the_family_knows(room, before_committee):
    filing = recall(room, before_committee)

    assert (filing.status, filing.committee_on) == (Status.UNDER_REVIEW, None)
    subject, text = mail()
    assert "ne passe plus en commission" in subject
    assert FIRST in text
    assert last() == f"Demande {filing.reference} : elle ne passe plus en commission le {FIRST}, un agent l’examine."
    assert "En cours d’examen" in Walker.of(room.home.holder).get(page(filing))


def test_taken_out_it_may_go_back_the_same_day(room, before_committee):
    again = refer(room, recall(room, before_committee), 15)

    assert (again.status, again.committee_on.isoformat()) == (Status.COMMITTEE, "2026-12-08")


def test_what_is_before_no_committee_is_not_taken_out(room):
    for filing in (room.filed(), room.examined()):
        with pytest.raises(NotPossible):
            recall(room, filing)


def test_of_two_agents_the_second_reads_what_the_first_did(room, before_committee):
    seen = before_committee.version
    refer(room, before_committee, 22)

    for act in (refer, recall):
        with pytest.raises(Overtaken):
            act(room, before_committee, *([29] if act is refer else []), seen=seen, by=room.claire)


def test_once_decided_its_day_is_past_changing(room, before_committee):
    deciding.decide(
        before_committee, Verdict("approved"), seen=before_committee.version, by=room.nadia, at=timezone.now()
    )

    for act in (lambda one: refer(room, one, 22), lambda one: recall(room, one)):
        with pytest.raises(NotPossible):
            act(fresh(before_committee))


# Pages


def test_both_are_where_it_was_referred(room, client):
    filing = room.examined()
    assert "Retirer de la commission" not in shown(client.get(page_of(filing)))

    refer(room, filing, 15)

    text = shown(client.get(page_of(filing)))
    assert "Changer le jour de la commission" in text
    assert f"le {FIRST} pour l’instant" in text
    assert "Retirer de la commission" in text
    assert "Passer en commission" not in text


def test_the_next_meeting_after_that_day_is_proposed(room, client, before_committee):
    for day in ("2026-12-01", "2026-12-08", "2026-12-15"):
        plan(Meeting(on=day), by="test", at=timezone.now())

    text = shown(client.get(page_of(before_committee, "commission/")))

    assert f"Prévue le {FIRST}" in text
    assert 'name="on_day" value="15"' in text


def test_the_day_that_it_has_already_is_said_so(room, client, before_committee):
    assert "C’est le jour déjà prévu" in shown(send(client, before_committee, "commission/", **dated("on", 15)))


def test_an_agent_gives_another_day(room, client, before_committee):
    text = shown(client.post(page_of(before_committee, "commission/"), typed(before_committee, 22), follow=True))

    assert f"le {SECOND}" in text
    assert "La famille connaît le nouveau jour" in text
    assert fresh(before_committee).committee_on.isoformat() == "2026-12-15"


def test_an_agent_takes_it_out(room, client, before_committee):
    address = page_of(before_committee, "commission/retrait/")
    assert FIRST in shown(client.get(address))

    text = shown(client.post(address, typed(before_committee), follow=True))

    assert "La demande ne passe plus en commission" in text
    assert fresh(before_committee).status == Status.UNDER_REVIEW


def typed(filing, days=None):
    day = dated("on", days) if days else {}
    return {"seen": filing.version, "seen_at": timezone.now().isoformat(), **day}
