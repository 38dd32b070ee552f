"""The worker: one process, one job at a time; it also keeps the schedule."""

import logging
import secrets
import signal
import socket
import time
from datetime import timedelta
from types import FrameType

from django.db import InterfaceError, OperationalError, close_old_connections, connections
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules
from django_tasks_db.models import DBTaskResult

from xpassfam.jobs import actions, schedule

logger = logging.getLogger(__name__)

NAP = 0.5
UPKEEP_EVERY = timedelta(seconds=2)
PAUSE_WITHOUT_DATABASE = 2


class Worker:
    def __init__(self) -> None:
        self.name = f"{socket.gethostname()[:40]}-{secrets.token_hex(6)}"
        self.is_stopping = False
        self.upkeep_at = timezone.now()

    def stop_on_signals(self) -> None:
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        """The job at hand is finished first; a second signal ends at once."""
        self.is_stopping = True
        signal.signal(number, signal.SIG_DFL)

    def run(self) -> None:
        autodiscover_modules("jobs")
        has_begun = False
        while not self.is_stopping:
            try:
                close_old_connections()
                if not has_begun:
                    schedule.begin(at=timezone.now())
                    has_begun = True
                self._keep_up()
                if not run_next(by=self.name):
                    time.sleep(NAP)
            except (OperationalError, InterfaceError) as error:
                logger.warning("the database does not answer (%s): trying again", type(error).__name__)
                connections.close_all()
                time.sleep(PAUSE_WITHOUT_DATABASE)

    def _keep_up(self) -> None:
        at = timezone.now()
        if at >= self.upkeep_at:
            self.upkeep_at = at + UPKEEP_EVERY
            schedule.enqueue_due(at=at)
            actions.take_back_lost(at=at)


def drain() -> None:
    """Run what is ready now, then return: for `work --once` and for tests."""
    autodiscover_modules("jobs")
    while run_next(by="once"):
        pass


def run_next(*, by: str) -> bool:
    """Run one job if one is ready; say whether there was one."""
    row = actions.claim(by=by, at=timezone.now())
    if row is None:
        return False
    _perform(row)
    return True


def _perform(row: DBTaskResult) -> None:
    try:
        row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
    except Exception as error:
        actions.fail(row, error, at=timezone.now())
    else:
        actions.finish(row, at=timezone.now())
