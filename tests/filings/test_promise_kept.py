"""« Pièces redemandées » counts what was valid and asked for again, over what was given, month by month."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.desk.desks import entered
from tests.filings.factories import desk
from tests.filings.walking import Walker
from tests.household.homes import read
from xpassfam.documents.actions import judging
from xpassfam.documents.models import Verdict, Withdrawal
from xpassfam.filings import promise
from xpassfam.filings.models import AskedAgain, Piece

pytestmark = pytest.mark.django_db
NOON = timezone.make_aware(datetime.fromisoformat("2026-11-23T12:00"))


@pytest.fixture
def room():
    return desk()


def measured():
    promise.measure(at=NOON)
    found = promise.by_month(on=NOON.date())
    return [(one.month.isoformat(), one.pieces, one.again) for one in found if one.pieces or one.again]


def given(room, *days):
    """A piece for a request that was sent, on each of those days."""
    for day in days:
        filing = room.filed()
        at = timezone.make_aware(datetime.fromisoformat(f"{day}T10:00"))
        Piece.objects.filter(filing=filing).update(added_at=at)


def asked_again(room, *days, was_good=True):
    document = room.document()
    for day in days:
        at = timezone.make_aware(datetime.fromisoformat(f"{day}T10:00"))
        Withdrawal.objects.create(document=document, at=at, by="Nadia", reason="Changée.", was_good=was_good)


def test_a_year_is_twelve_months_this_one_included():
    assert [promise.months_until(date(2026, 1, 31))[n] for n in (0, -1)] == [date(2025, 2, 1), date(2026, 1, 1)]


def test_each_month_counts_its_own(room):
    given(room, "2026-11-01", "2026-11-23", "2026-10-31", "2025-11-30")
    asked_again(room, "2026-11-02")
    asked_again(room, "2026-10-02", was_good=False)

    assert measured() == [("2026-10-01", 1, 0), ("2026-11-01", 2, 1)]


def test_what_was_never_sent_is_not_counted(room):
    room.draft()
    Piece.objects.update(added_at=NOON)

    assert measured() == []


def test_measured_twice_it_says_the_same_and_an_outage_is_made_good(room):
    given(room, "2026-10-05")
    first = measured()
    given(room, "2026-10-06")

    assert [first, measured(), measured()] == [
        [("2026-10-01", 1, 0)],
        [("2026-10-01", 2, 0)],
        [("2026-10-01", 2, 0)],
    ]
    assert AskedAgain.objects.count() == promise.MONTHS


@pytest.mark.parametrize(("pieces", "again", "share"), [(0, 0, 0), (200, 3, 1.5)])
def test_the_share_is_of_a_hundred_pieces(pieces, again, share):
    assert promise.Kept(pieces, again).share == share


def test_asking_again_for_what_was_accepted_is_what_counts(room):
    filing = room.filed()
    document = filing.pieces.get().document
    judging.judge(document, verdict=Verdict.ACCEPTED, by=room.nadia.actor, at=timezone.now())
    judging.withdraw_verdict(document, reason="Changée.", by=room.nadia.actor, at=timezone.now())
    promise.measure(at=timezone.now())

    assert promise.last_year(on=timezone.localdate()) == promise.Kept(1, 1)


def test_agents_and_families_read_it(room):
    filing = room.filed()
    document = filing.pieces.get().document
    judging.judge(document, verdict=Verdict.ACCEPTED, by=room.nadia.actor, at=timezone.now())
    judging.withdraw_verdict(document, reason="Changée.", by=room.nadia.actor, at=timezone.now())
    promise.measure(at=timezone.now() - timedelta(seconds=1))

    text = read(entered(room.nadia), "/gestion/statistiques/")
    assert "En 12 mois, redemandées alors qu’elles étaient valables : 1 sur 1 données." in text
    assert "100,0" in text
    family = Walker.of(room.home.holder).get("/mon-compte/documents/")
    assert "Depuis un an, 1 document encore valable a été redemandé, sur 1 donnés." in family


def test_nothing_measured_is_said_so(room):
    assert "Rien n’est encore mesuré" in read(entered(room.nadia), "/gestion/statistiques/")
    assert "Tenons-nous parole" not in Walker.of(room.home.holder).get("/mon-compte/documents/")
