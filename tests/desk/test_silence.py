"""An administration's agents see what its silence will decide, before it does."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.desk.desks import due, entered
from tests.filings.factories import desk, organisation
from tests.household.homes import read
from tests.plans import explained
from xpassfam.desk import queue
from xpassfam.filings.actions import clock, examining
from xpassfam.filings.models import Filing
from xpassfam.filings.states import Status

pytestmark = pytest.mark.django_db
PAGE = "/gestion/demandes/"
SILENCE = f"{PAGE}?vue=silence"


@pytest.fixture
def room():
    found = desk()
    organisation(legal_profile="adm")
    return found


def silent(room, days, effect="rejection", **facts):
    """A filing that our silence decides in so many days."""
    on = timezone.localdate() + timedelta(days=days)
    return due(room, 40, silence_on=on, silence_effect=effect, **facts)


def test_what_silence_decides_within_fifteen_days_is_listed_the_first_first(room):
    listed = {days: silent(room, days).reference for days in (15, 5, 0, 6)}
    far = silent(room, 16)

    text = read(entered(room.nadia), SILENCE)

    places = {days: text.index(reference) for days, reference in listed.items()}
    titles = [text.index(f"{title}</th>") for title in ("Ce soir", "Sous 5 jours", "Sous 15 jours")]
    assert titles[0] < places[0] < titles[1] < places[5] < titles[2] < places[6] < places[15]
    assert far.reference not in text


@pytest.mark.parametrize(
    ("days", "said", "icon"),
    [
        (0, "Sera refusée par silence ce soir", "circle-alert"),
        (5, "Sera refusée par silence sous 5 jours", "hourglass"),
        (15, "Sera refusée par silence sous 15 jours", "clock-3"),
    ],
)
def test_each_row_tells_how_near_it_is_by_a_word_and_an_icon(room, days, said, icon):
    silent(room, days)

    [before, _after] = read(entered(room.nadia), SILENCE).split(said)

    assert f"#{icon}" in before.rsplit("<svg", 1)[1]


def test_a_silence_that_accepts_is_told_as_such(room):
    silent(room, 3, "acceptance")

    assert "Sera acceptée par silence sous 5 jours" in read(entered(room.nadia), SILENCE)


def test_what_waits_for_the_family_is_there_while_the_clock_of_silence_runs(room):
    """A piece that is not indispensable stops nothing; of what is, an acceptance waits."""
    filings = []
    for piece in ("note", "proof"):
        filing = room.examined()
        until = timezone.localdate() + timedelta(days=10)
        args = {"fields": [], "pieces": [piece], "text": "Envoyez-la.", "until": until, "why_again": "Illisible."}
        examining.ask(filing, **args, seen=filing.version, by=room.nadia, at=timezone.now())
        filing.refresh_from_db()
        filings.append(filing)
    runs, waits = filings
    assert (runs.silence_on is None, waits.silence_on is None) == (False, True)
    Filing.objects.filter(pk=runs.pk).update(silence_on=timezone.localdate() + timedelta(days=9))

    text = read(entered(room.nadia), SILENCE)

    assert runs.reference in text
    assert waits.reference not in text
    assert "À la famille" in text


def test_the_number_leads_to_the_list(room):
    silent(room, 4), silent(room, 12, status=Status.AWAITING_APPLICANT), silent(room, 30)

    text = read(entered(room.nadia), PAGE)

    assert 'Notre silence décide sous 15 jours : <a href="?vue=silence">2</a>.' in text
    assert queue.work_of(room.nadia, on=timezone.localdate())["silence"] == 2


def test_what_silence_decided_already_is_not_before_what_can_still_be_answered(room):
    past, near = silent(room, -1), silent(room, 2)
    assert past.reference in read(entered(room.nadia), SILENCE)  # a portal that slept says it late, not never

    clock.note_silence(at=timezone.now())

    text = read(entered(room.nadia), SILENCE)
    assert past.reference not in text
    assert near.reference in text
    assert past.reference in read(entered(room.nadia), PAGE)


@pytest.mark.parametrize("profile", ["asso", "mut", "cse"])
def test_elsewhere_silence_decides_nothing_and_no_page_speaks_of_it(room, profile):
    organisation(legal_profile=profile, mediator="Le médiateur, 1 rue de la Paix")
    first = due(room, 2)

    text = read(entered(room.nadia), PAGE)

    assert "ilence" not in text
    assert "silence" not in queue.work_of(room.nadia, on=timezone.localdate())
    assert first.reference in read(entered(room.nadia), SILENCE)


def test_pages_follow_each_other_by_the_day_of_silence(room, monkeypatch):
    monkeypatch.setattr(queue, "ROWS", 2)
    filings = [silent(room, days) for days in (1, 2, 2, 2, 9)]
    today, seen, after = timezone.localdate(), [], None

    while True:
        page = queue.page(queue.tab(queue.SILENCE, room.nadia, on=today), after, view=queue.SILENCE)
        seen += [one.pk for one in page.filings]
        after = page.following and queue.Key.read(str(page.following))
        if after is None:
            break

    assert seen == [one.pk for one in filings]


def test_it_is_read_along_its_index(room):
    silent(room, 1)
    with CaptureQueriesContext(connection) as asked:
        queue.page(queue.tab(queue.SILENCE, room.nadia, on=timezone.localdate()), None, view=queue.SILENCE)
    plan = explained(asked.captured_queries[0]["sql"])

    assert "filing_silent" in plan
    assert "TEMP B-TREE" not in plan
