"""However long a history, the database reads a page of it along an index, from the very line where it begins."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.plans import explained
from xpassfam.journal import pages
from xpassfam.journal.actions import Actor, Entry, write, write_many
from xpassfam.journal.kinds import Audience, declare
from xpassfam.journal.models import Line
from xpassfam.journal.pages import Key, Wanted

pytestmark = pytest.mark.django_db
HAPPENED = declare("test.indexed", "Quelque chose.", audience=Audience.HOUSEHOLD)
NOW = timezone.now()
EVERYTHING = Wanted()


@dataclass(frozen=True)
class Reader:
    person: str = "p"
    household: str = "h"
    reads_household: bool = True


def plans(wanted=EVERYTHING, **where):
    """How the database means to read each part of a page."""
    with CaptureQueriesContext(connection) as queries:
        pages.page(pages.readable(Reader()), wanted, size=50, **where)
    return [explained(query["sql"]) for query in queries[:2]]


@pytest.fixture(autouse=True)
def history():
    for number in range(20):
        write(HAPPENED, by=Actor("system"), at=NOW - timedelta(minutes=number), household="h", person="p")


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"before": Key(NOW, "a" * 64)},
        {"after": Key(NOW - timedelta(days=1), "a" * 64)},
        {"wanted": Wanted(since=NOW, until=NOW, kinds=("people.",), actor_kinds=("agent",))},
    ],
)
def test_a_page_is_read_in_the_order_of_an_index(asked):
    household, own = plans(**asked)
    assert "line_by_household" in household
    assert "line_by_person" in own
    for plan in (household, own):
        assert "TEMP B-TREE" not in plan
        assert "Sort" not in plan


def test_a_page_begins_in_the_index_not_by_reading_what_is_newer():
    plan, _own = plans(before=Key(NOW, "a" * 64))
    if connection.vendor == "sqlite":
        assert "(household=? AND audience=? AND at<?)" in plan
    else:
        condition = next(line for line in plan.splitlines() if "Index Cond" in line)
        assert "at <=" in condition


def test_what_an_agent_read_within_the_hour_is_found_by_an_index():
    write_many([Entry(HAPPENED, household="h")] * 2000, by=Actor("agent", "b"), at=NOW)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE journal_line")  # of a household's many lines few are by one agent
    lines = Line.objects.filter(scope="household:h", kind="x", actor="a", at__gt=NOW)
    with CaptureQueriesContext(connection) as queries:
        list(lines)
    assert "line_by_actor" in explained(queries[0]["sql"])
