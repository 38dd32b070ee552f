"""The life of a queued job: claimed under a lease, done, tried again, given up, purged.

The library's row carries all of it: while a job runs, `run_after` is the end of its lease,
and `worker_ids` has one entry per try. `started_at` tells one try from the next, so that
a worker that comes back after its lease can't close a job that another has taken.
"""

import logging
import random
from datetime import datetime, timedelta
from traceback import format_exception

from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.db.models import Q
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, DBTaskResultQuerySet, get_date_max

from xpassfam.jobs.declaring import DEFAULT_LEASE, DEFAULT_RETRIES, Job
from xpassfam.jobs.slices import delete_by_slices

logger = logging.getLogger(__name__)

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)
BATCH = 1000


class WorkerVanished(Exception):
    """The lease ran out: the worker was killed, or the job is longer than its lease."""


def claim(*, by: str, at: datetime) -> DBTaskResult | None:
    """Take the next job for the worker named `by`; nobody else gets it before its lease ends."""
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY).filter(
        Q(run_after__lte=at) | Q(run_after=get_date_max())
    )
    # A plain read first: an idle worker must not take SQLite's only write lock twice a second.
    if not ready.exists():
        return None
    with transaction.atomic():
        row = ready.select_for_update(skip_locked=True).first()
        if row is not None:
            row.status = TaskResultStatus.RUNNING
            row.started_at = at
            row.run_after = at + _patience(row)[1]
            row.worker_ids = [*row.worker_ids, by]
            row.save(update_fields=["status", "started_at", "run_after", "worker_ids"])
        return row


def finish(row: DBTaskResult, *, at: datetime) -> None:
    if not _held(row).update(status=TaskResultStatus.SUCCESSFUL, finished_at=at):
        logger.warning("job %s outlived its lease: it may run twice", row.task_path)


def fail(row: DBTaskResult, error: Exception, *, at: datetime) -> None:
    """Plan another try, later each time; after the last one, give up and say so."""
    tries = len(row.worker_ids)
    if tries <= _patience(row)[0]:
        _held(row).update(status=TaskResultStatus.READY, run_after=at + wait_before(tries + 1))
        logger.warning("job %s failed (try %d): %s", row.task_path, tries, type(error).__name__)
        return
    given_up = _held(row).update(
        status=TaskResultStatus.FAILED,
        finished_at=at,
        exception_class_path=f"{type(error).__module__}.{type(error).__qualname__}",
        traceback="".join(format_exception(error)),
    )
    if given_up:
        logger.error("job %s %s given up after %d tries", row.task_path, row.pk, tries, exc_info=error)


def wait_before(attempt: int) -> timedelta:
    """5 s before the second try, then twice as long each time, up to an hour; less up to half, at random."""
    longest = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(attempt - 2, 20))
    return longest * random.uniform(0.5, 1)  # noqa: S311


def take_back_lost(*, at: datetime) -> None:
    """Jobs whose lease has run out are failed tries."""
    lost = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, run_after__lte=at)
    if not lost.exists():
        return
    with transaction.atomic():
        for row in lost.select_for_update(skip_locked=True)[:BATCH]:
            fail(row, WorkerVanished(row.worker_ids[-1]), at=at)


def purge(*, done_before: datetime, given_up_before: datetime) -> None:
    """Delete what is finished."""
    delete_by_slices(
        DBTaskResult.objects.filter(
            Q(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=done_before)
            | Q(status=TaskResultStatus.FAILED, finished_at__lt=given_up_before)
        )
    )


def _held(row: DBTaskResult) -> DBTaskResultQuerySet:
    return DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.RUNNING, started_at=row.started_at)


def _patience(row: DBTaskResult) -> tuple[int, timedelta]:
    """Retries and lease. A job whose code is gone has the defaults, then is given up."""
    try:
        declared = row.task
    except (ImportError, SuspiciousOperation):
        declared = None
    return (declared.retries, declared.lease) if isinstance(declared, Job) else (DEFAULT_RETRIES, DEFAULT_LEASE)
