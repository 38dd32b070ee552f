"""A long history is paged, filtered, taken away and proved without ever being held."""

import tracemalloc
from dataclasses import dataclass
from datetime import timedelta

import pytest

from benchmarks import histories
from xpassfam.journal import pages, proof
from xpassfam.journal.models import Line
from xpassfam.journal.pages import Key, Wanted

pytestmark = [pytest.mark.django_db, pytest.mark.heavy]
LINES = 200_000
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Reader:
    household: str = "long"
    person: str = "p"
    reads_household: bool = True


@pytest.fixture
def sources():
    histories.of_household("long", LINES)
    return pages.readable(Reader())


def test_it_costs_what_a_short_one_does(sources, django_assert_num_queries):
    deep = Key.of(Line.objects.get(scope="household:long", seq=LINES // 2))
    asked = [
        ({}, Wanted()),
        ({"before": deep}, Wanted()),
        ({"after": deep}, Wanted()),
        ({}, Wanted(actor_kinds=("agent",), until=histories.BEGAN + timedelta(days=300))),
    ]
    for where, wanted in asked:
        with django_assert_num_queries(2):
            assert len(pages.page(sources, wanted, size=50, **where).lines) == 50

    tracemalloc.start()
    assert sum(1 for _line in pages.every(sources, Wanted())) == LINES
    assert tracemalloc.get_traced_memory()[1] < 20 * MEGABYTE

    tracemalloc.reset_peak()
    [walked] = proof.walk()
    assert (walked.lines, walked.broken) == (LINES, None)
    assert tracemalloc.get_traced_memory()[1] < 40 * MEGABYTE
    tracemalloc.stop()
