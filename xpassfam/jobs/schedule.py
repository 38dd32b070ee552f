"""Jobs that the clock asks for."""

from datetime import datetime

from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from xpassfam.jobs.declaring import SCHEDULED
from xpassfam.jobs.models import Schedule


def begin(*, at: datetime) -> None:
    """Put every job declared with `every` on the schedule; those already there keep their time."""
    Schedule.objects.bulk_create([Schedule(job=path, next_at=at) for path in SCHEDULED], ignore_conflicts=True)


def enqueue_due(*, at: datetime) -> None:
    for due in Schedule.objects.filter(next_at__lte=at, job__in=list(SCHEDULED)):
        declared, every = SCHEDULED[due.job]
        with transaction.atomic():
            # Of several workers, one moves the hand from this time, and that one asks.
            moved = Schedule.objects.filter(job=due.job, next_at=due.next_at).update(next_at=at + every)
            if moved and not _is_queued(due.job):
                declared.enqueue()


def _is_queued(path: str) -> bool:
    unfinished = [TaskResultStatus.READY, TaskResultStatus.RUNNING]
    return DBTaskResult.objects.filter(task_path=path, status__in=unfinished).exists()
