from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from xpassfam.jobs import schedule
from xpassfam.jobs.jobs import purge
from xpassfam.jobs.models import Schedule
from xpassfam.jobs.worker import drain

HOUR = timedelta(hours=1)
pytestmark = pytest.mark.django_db


def times_asked() -> int:
    return DBTaskResult.objects.filter(task_path=purge.module_path).count()


@pytest.fixture
def now():
    now = timezone.now()
    schedule.begin(at=now)
    return now


def test_what_is_due_is_asked_for_once_even_by_two_workers(now):
    schedule.enqueue_due(at=now)
    drain()
    schedule.enqueue_due(at=now)
    assert times_asked() == 1
    assert Schedule.objects.get(job=purge.module_path).next_at == now + HOUR


def test_it_comes_back_at_its_time(now):
    schedule.enqueue_due(at=now)
    drain()
    schedule.enqueue_due(at=now + HOUR - timedelta(seconds=1))
    assert times_asked() == 1
    schedule.enqueue_due(at=now + HOUR)
    assert times_asked() == 2


def test_a_night_without_worker_asks_once(now):
    schedule.begin(at=now + timedelta(hours=9))
    schedule.enqueue_due(at=now + timedelta(hours=9))
    schedule.enqueue_due(at=now + timedelta(hours=9))
    assert times_asked() == 1


def test_what_still_waits_is_not_asked_for_again(now):
    schedule.enqueue_due(at=now)
    schedule.enqueue_due(at=now + HOUR)
    assert times_asked() == 1
