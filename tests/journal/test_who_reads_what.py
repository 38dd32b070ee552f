"""Nobody reads in the history what they may not see: every kind, every reader."""

import string
from dataclasses import dataclass

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.house import files
from xpassfam.journal import pages
from xpassfam.journal.actions import Actor, write
from xpassfam.journal.kinds import KINDS, Audience, Kind
from xpassfam.journal.models import Line
from xpassfam.journal.pages import Wanted
from xpassfam.journal.reading import sentence
from xpassfam.rules import retention

pytestmark = pytest.mark.django_db

# What a line read by a whole household may name. A word comes here with its reason.
FOR_A_WHOLE_HOUSEHOLD = {
    "day": "since when words are forgotten; from when an account is paid",
    "what": "which words are forgotten",
    "changes": "which sorts of facts changed, none of their values",
    "before": "a value of the home, of a child or a name that all its adults see; private ones have their own kind",
    "after": "as before",
    "reason": "why an agent refused such a change",
    "kind": "of a document that all its adults see (of a restricted one, that it is restricted); of a certificate",
    "name": "who is let in, or no longer, or comes of age: all who read it see that person in the file",
    "permission": "how far somebody is let in",
    "outcome": "what the organisation did of a separation",
    "holder": "whose account the home is paid to: those who read it see its bank details",
    "end": "the last four characters of that account",
    "amount": "what is to be paid to the home",
    "label": "what it is paid for",
    "reader": "role and team of the agent who read",
    "reference": "which request",
    "number": "which certificate of the home",
    "title": "of which procedure",
    "on": "when a committee meets; when the time of the law ran out",
    "until": "how long there is to complete a request",
    "effect": "what silence came to",
    "answer": "what the other home answered, of a child who lives in both",
    "rights": "which answers changed, and their amounts: all who read it may see the home's rights",
}


def of_the_portal() -> list[Kind]:
    """The kinds that rooms declare; tests declare some too."""
    sources = "\n".join(files.text(path) for path in files.python("xpassfam") if path.name == "history.py")
    return [kind for kind in KINDS.values() if f'"{kind.code}"' in sources]


def words_named(kind: Kind) -> list[str]:
    return [name for _text, name, _format, _conversion in string.Formatter().parse(str(kind.sentence)) if name]


def test_every_room_s_kinds_are_looked_at():
    assert {kind.code.partition(".")[0] for kind in of_the_portal()} >= {"accounts", "household", "journal", "people"}


@pytest.mark.parametrize("kind", of_the_portal(), ids=lambda kind: kind.code)
def test_every_kind_is_read_as_a_sentence_even_once_forgotten(kind):
    facts = {name: f"<{name}>" for name in words_named(kind)}
    line = write(
        kind, by=Actor("agent", "a", "<actor>"), at=timezone.now(), household="h", device="<device>", facts=facts
    )
    told = sentence(line)
    assert told.strip()
    assert [name for name in words_named(kind) if f"<{name}>" not in told] == []
    assert "{" not in told
    line = Line.objects.get(pk=line.pk)
    line.payload = None
    assert sentence(line)


@pytest.mark.parametrize(
    "kind", [kind for kind in of_the_portal() if kind.audience == Audience.HOUSEHOLD], ids=lambda kind: kind.code
)
def test_what_a_whole_household_reads_names_nobody_s_own(kind):
    assert set(words_named(kind)) <= set(FOR_A_WHOLE_HOUSEHOLD)


@pytest.mark.parametrize("kind", of_the_portal(), ids=lambda kind: kind.code)
def test_every_kind_is_kept_for_a_time_that_somebody_chose(kind):
    assert kind.kept in retention.FAMILIES or kind.code.startswith("journal.")


@dataclass(frozen=True)
class Reader:
    person: str
    household: str
    reads_household: bool


IDS = st.sampled_from(["", "a", "b", "c"])
LINES = st.lists(st.tuples(st.sampled_from(Audience), IDS, IDS), max_size=8)
KIND_OF = {audience: Kind(f"test.{audience}", "…", audience) for audience in Audience}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=LINES, person=IDS, household=IDS, reads_household=st.booleans())
def test_a_reader_has_the_household_acted_for_and_their_own_and_no_more(db, lines, person, household, reads_household):
    known = set(Line.objects.values_list("pk", flat=True))
    for audience, of_person, of_household in lines:
        write(KIND_OF[audience], by=Actor("system"), at=timezone.now(), household=of_household, person=of_person)
    reader = Reader(person, household, reads_household)
    mine = Line.objects.exclude(pk__in=known)
    expected = {
        line.pk
        for line in mine
        if (reads_household and line.audience == Audience.HOUSEHOLD and line.household and line.household == household)
        or (line.audience == Audience.SELF and line.person and line.person == person)
    }
    assert set(mine.visible_to(reader).values_list("pk", flat=True)) == expected
    shown = {line.pk for line in pages.every(pages.readable(reader), Wanted())} - known
    assert shown == expected
