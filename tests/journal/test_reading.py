from dataclasses import dataclass

import pytest
from django.utils import timezone

from xpassfam.journal.actions import Actor, write
from xpassfam.journal.kinds import Audience, declare
from xpassfam.journal.models import Line
from xpassfam.journal.reading import sentence

pytestmark = pytest.mark.django_db

OWN = declare("test.own", "Pour soi.", audience=Audience.SELF)
SHARED = declare("test.shared", "Pour le foyer.", audience=Audience.HOUSEHOLD)
INNER = declare("test.inner", "Pour l’organisation.", audience=Audience.STAFF)


@dataclass(frozen=True)
class Reader:
    person: str
    household: str
    reads_household: bool = True


def test_each_reads_the_household_s_lines_and_their_own_only():
    for kind in (OWN, SHARED, INNER):
        for person in ("karim", "lea"):
            write(kind, by=Actor("system"), at=timezone.now(), household="h", person=person, facts={"n": person})
        write(kind, by=Actor("system"), at=timezone.now(), household="other", person="eve")
    seen = Line.objects.visible_to(Reader("karim", "h")).order_by("-id")
    assert [(line.kind, line.household, line.person) for line in seen] == [
        ("test.shared", "h", "lea"),
        ("test.shared", "h", "karim"),
        ("test.own", "h", "karim"),
    ]


def test_a_line_without_person_or_household_is_nobody_s():
    write(OWN, by=Actor("system"), at=timezone.now())
    write(SHARED, by=Actor("system"), at=timezone.now())
    assert not Line.objects.visible_to(Reader("", "")).exists()


def test_facts_are_words_not_patterns():
    kind = declare("test.braces", "Nom : {name}.", audience=Audience.SELF)
    line = write(kind, by=Actor("visitor"), at=timezone.now(), facts={"name": "{actor.__class__} %s <b>"})
    assert sentence(line) == "Nom : {actor.__class__} %s <b>."


def test_a_line_outlives_the_code_that_wrote_it():
    line = write(SHARED, by=Actor("system"), at=timezone.now(), household="h")
    line.kind = "gone.kind"
    assert sentence(line) == "gone.kind"


def test_who_may_not_read_what_the_others_did_reads_their_own_lines_only():
    for kind in (OWN, SHARED, INNER):
        write(kind, by=Actor("system"), at=timezone.now(), household="h", person="karim", facts={"n": "1"})

    seen = Line.objects.visible_to(Reader("karim", "h", reads_household=False))

    assert [line.kind for line in seen] == [OWN.code]
