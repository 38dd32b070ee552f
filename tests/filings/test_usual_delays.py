"""How long answers really took is measured once a day, and not said of a few."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.filings.factories import desk
from tests.filings.walking import Walker, page
from xpassfam.filings import delays
from xpassfam.filings.models import Filing, UsualDelay
from xpassfam.filings.states import Status

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("days", "less_than"),
    [([0] * 10, 1), (list(range(1, 11)), 9), ([3] * 8 + [40, 50], 4), ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 10)],
)
def test_eight_in_ten_took_less(days, less_than):
    assert delays.less_than(days) == less_than
    assert sum(day < less_than for day in days) * 10 >= 8 * len(days)


@pytest.mark.django_db
@pytest.mark.parametrize(("count", "is_said"), [(9, False), (10, True)])
def test_under_ten_nothing_is_said(count, is_said):
    room, now = desk(), timezone.now()
    for number in range(count):
        decided(room, now - 10 * DAY, now - 10 * DAY + (5 if number < count * 8 // 10 else 9) * DAY)
    waiting = room.filed()

    delays.measure(at=now)

    text = Walker.of(room.home.holder).get(page(waiting))
    assert ("8 demandes sur 10 ont une réponse en moins de 6 jours" in text) == is_said


@pytest.mark.django_db
def test_what_is_too_old_or_was_not_decided_does_not_count():
    room, now = desk(), timezone.now()
    for _number in range(10):
        decided(room, now - 90 * DAY, now - 70 * DAY)
        decided(room, now - 5 * DAY, now, status=Status.WITHDRAWN)

    delays.measure(at=now)

    assert not UsualDelay.objects.exists()


@pytest.mark.django_db
def test_a_figure_that_no_longer_holds_goes():
    room, now = desk(), timezone.now()
    UsualDelay.objects.create(procedure=room.version.procedure, days=3, count=12, measured_on=now.date())

    delays.measure(at=now)

    assert not UsualDelay.objects.exists()


def decided(room, filed_at, ended_at, *, status=Status.APPROVED):
    filing = room.filed(at=filed_at)
    Filing.objects.filter(pk=filing.pk).update(status=status, filed_at=filed_at, ended_at=ended_at)
