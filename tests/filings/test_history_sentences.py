"""What the family's history says of a request: words and days as people say them."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone

from tests.accounts.factories import account
from tests.filings.factories import REFUSAL, desk
from tests.household.homes import let_in
from tests.people.factories import Role, living, person
from xpassfam.filings.actions import clock, deciding, examining
from xpassfam.filings.models import Filing
from xpassfam.journal.models import Line
from xpassfam.journal.reading import sentence

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(time_machine):
    time_machine.move_to("2026-11-23 14:05:00Z", tick=False)
    return desk()


def last():
    return sentence(Line.objects.select_related("payload").latest("id")).replace("\u00a0", " ")


def fresh(filing):
    return Filing.objects.get(pk=filing.pk)


def test_days_are_written_out(room, time_machine):
    filing = room.examined()
    until = timezone.localdate().replace(month=12, day=8)
    ask = {"fields": [], "pieces": ["proof"], "text": "Floue.", "until": until}
    examining.ask(filing, **ask, seen=filing.version, by=room.nadia, at=timezone.now())
    asked = f"Demande {filing.reference} à compléter au plus tard le 8 décembre 2026 : Attestation CAF."
    assert last() == asked

    filing = fresh(filing)
    examining.extend(filing, until=until.replace(day=15), seen=filing.version, by=room.nadia, at=timezone.now())
    assert last().endswith("jusqu’au 15 décembre 2026.")

    time_machine.move_to("2026-12-20 09:00:00Z", tick=False)
    clock.expire(at=timezone.now())
    assert last().endswith("rien n’est arrivé jusqu’au 15 décembre 2026.")


def test_a_decision_is_told_with_its_title_and_its_outcome(room):
    filing = room.examined()

    deciding.decide(filing, REFUSAL, seen=filing.version, by=room.nadia, at=timezone.now())

    assert last() == f"Demande {filing.reference}, Actualiser mon quotient familial : Refusée."


def readable_by(room, someone):
    access = room.home.access_of(someone)
    lines = Line.objects.visible_to(access).filter(kind__startswith="filings.")
    return [line.kind for line in lines]


def test_the_couple_reads_what_each_of_it_asked(room):
    room.filed()

    assert readable_by(room, room.home.holder) == readable_by(room, room.home.partner) == ["filings.filed"]


def test_what_another_adult_asked_is_told_to_them_alone(room):
    hugo = person("Hugo Martin", date(2004, 5, 20), email="hugo@example.org")
    living(hugo, room.home.household, Role.OTHER_ADULT)
    let_in(hugo, room.home.household, "requests")
    someone = account(hugo, email="hugo@example.org")
    mine = replace(room, home=replace(room.home, holder=someone))

    mine.filed()

    assert readable_by(mine, someone) == ["filings.filed_own"]
    assert readable_by(room, room.home.holder) == readable_by(room, room.home.partner) == []
