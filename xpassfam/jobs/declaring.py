"""`@job`: a function that the worker runs, on request or on the schedule."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django_tasks.base import Task

DEFAULT_RETRIES = 8
DEFAULT_LEASE = timedelta(minutes=5)
# What the clock asks for is rare and short: it passes before a long queue.
SCHEDULED_PRIORITY = 10

# What `every` asks for, by the path of its function.
SCHEDULED: dict[str, tuple["Job", timedelta]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Job(Task):
    """A task with its patience. It may run twice: after a kill, and when it outlives its lease."""

    retries: int = DEFAULT_RETRIES
    lease: timedelta = DEFAULT_LEASE


def job(
    *, retries: int = DEFAULT_RETRIES, lease: timedelta = DEFAULT_LEASE, every: timedelta | None = None
) -> Callable[[Callable[..., None]], Job]:
    """Declare a job in `<room>/jobs.py`; its arguments are what JSON can carry.

    `lease` is longer than the job ever takes. With `every` the worker asks for it by itself.
    """

    def declare(function: Callable[..., None]) -> Job:
        priority = SCHEDULED_PRIORITY if every else 0
        declared = Job(func=function, retries=retries, lease=lease, priority=priority)
        if every:
            SCHEDULED[declared.module_path] = (declared, every)
        return declared

    return declare
