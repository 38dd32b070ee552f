"""Many lines written at once make the same chains as one by one."""

from datetime import UTC, datetime

import pytest

from tests.portal import Portal
from xpassfam.journal.actions import BATCH, Actor, Entry, write, write_many
from xpassfam.journal.history import FORGOTTEN
from xpassfam.journal.models import Head, Line
from xpassfam.journal.proof import walk

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
SYSTEM = Actor("system", name="registre")


def entries(number, *, homes=3):
    return (Entry(FORGOTTEN, household=f"h{n % homes}", facts={"through": n}) for n in range(number))


@pytest.mark.django_db
def test_chains_hold_whatever_was_there_before_and_comes_after():
    write(FORGOTTEN, by=SYSTEM, at=NOW, household="h1", facts={"through": 0})

    assert write_many(entries(BATCH + 10), by=SYSTEM, at=NOW) == BATCH + 10
    write(FORGOTTEN, by=SYSTEM, at=NOW, household="h1", facts={"through": 0})

    assert [walked.broken for walked in walk()] == [None] * 3
    assert Line.objects.count() == BATCH + 12
    assert Head.objects.get(scope="household:h1").seq == Line.objects.filter(household="h1").count()


@pytest.mark.django_db
def test_each_line_says_what_its_entry_said():
    write_many([Entry(FORGOTTEN, household="h", facts={"through": 7}), Entry(FORGOTTEN, person="p")], by=SYSTEM, at=NOW)

    first, second = Line.objects.order_by("pk").select_related("payload")
    assert (first.household, first.at, first.actor_kind, '"through":7' in first.payload.words) == (
        "h",
        NOW,
        "system",
        True,
    )
    assert (second.scope, second.person, second.audience) == ("portal", "p", "household")


@pytest.mark.django_db
def test_nothing_to_write_writes_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert write_many([], by=SYSTEM, at=NOW) == 0


WRITERS, LINES = 3, 60
READY = """
from django.utils import timezone
from xpassfam.journal.actions import Actor, Entry, write, write_many
from xpassfam.journal.history import FORGOTTEN
by, at = Actor("system"), timezone.now()
"""
BEGIN = READY + 'write(FORGOTTEN, by=by, at=at, household="h", facts={"through": 0})'
WRITE = f"""{READY}
for n in range(10):
    write_many([Entry(FORGOTTEN, household="h", facts={{"through": n}})] * {LINES}, by=by, at=at)
    write(FORGOTTEN, by=by, at=at, household="h", facts={{"through": n}})
"""


def test_two_writers_at_once_do_not_fork_a_chain(portal: Portal):
    # Begun before they meet: whoever begins a chain that another begins at once is refused, whole.
    assert portal.start("shell", "-v0", "-c", BEGIN).wait(60) == 0
    writers = [portal.start("shell", "-v0", "-c", WRITE) for _ in range(WRITERS)]

    assert [writer.wait(60) for writer in writers] == [0] * WRITERS
    [(count, last)] = portal.sql("SELECT count(*), max(seq) FROM journal_line WHERE scope = 'household:h'")
    assert (count, last) == (1 + WRITERS * 10 * (LINES + 1), 1 + WRITERS * 10 * (LINES + 1))
    assert portal.start("verify_history").wait(60) == 0
