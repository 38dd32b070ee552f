"""Real workers, started and killed as in life."""

import os
import signal

import pytest

from tests.portal import Portal, eventually

TABLE = "django_tasks_database_dbtaskresult"


class Trace:
    def __init__(self, path):
        self.path = path

    def __call__(self) -> list[str]:
        return self.path.read_text().split() if self.path.exists() else []


@pytest.fixture
def trace(tmp_path):
    return Trace(tmp_path / "trace")


def enqueue(portal: Portal, job: str, trace: Trace, *, times: int = 1) -> None:
    arguments = f"{str(trace.path)!r}, str(i)" if job == "note" else f"{str(trace.path)!r}"
    portal.run(f"from tests.jobs.samples import {job}\nfor i in range({times}): {job}.enqueue({arguments})")


def states(portal: Portal, path: str) -> list[str]:
    return [state for (state,) in portal.sql(f"SELECT status FROM {TABLE} WHERE task_path LIKE '%{path}'")]


def test_a_job_whose_worker_was_killed_runs_again(portal, trace):
    enqueue(portal, "hang_at_first", trace)
    worker = portal.start("work")
    eventually(lambda: trace() == ["begun"])
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert states(portal, "hang_at_first") == ["RUNNING"]

    portal.start("work")
    eventually(lambda: trace() == ["begun", "begun", "done"])
    eventually(lambda: states(portal, "hang_at_first") == ["SUCCESSFUL"])


def test_two_workers_do_each_job_once_and_share_them(portal, trace):
    enqueue(portal, "note", trace, times=120)
    for _ in range(2):
        portal.start("work")
    eventually(lambda: len(trace()) >= 120)
    eventually(lambda: states(portal, "note") == ["SUCCESSFUL"] * 120)
    assert sorted(trace(), key=int) == [str(i) for i in range(120)]
    workers = portal.sql(f"SELECT DISTINCT CAST(worker_ids AS text) FROM {TABLE} WHERE task_path LIKE '%note'")
    assert len(workers) == 2


def test_a_worker_told_to_end_finishes_its_job_first(portal, trace):
    enqueue(portal, "take_a_while", trace, times=2)
    worker = portal.start("work")
    eventually(lambda: trace() == ["begun"])
    worker.terminate()
    assert worker.wait(10) == 0
    assert trace() == ["begun", "done"]
    assert sorted(states(portal, "take_a_while")) == ["READY", "SUCCESSFUL"]


def test_an_idle_worker_wakes_and_ends_long_before_its_next_round(portal, trace):
    worker = portal.start("work")
    eventually(lambda: states(portal, "xpassfam.jobs.jobs.purge") == ["SUCCESSFUL"])
    enqueue(portal, "note", trace)
    eventually(lambda: states(portal, "note") == ["SUCCESSFUL"])
    seconds = "julianday({}) * 86400" if not portal.database_url else "extract(epoch FROM {})"
    columns = ", ".join(seconds.format(column) for column in ("enqueued_at", "started_at"))
    [(asked, begun)] = portal.sql(f"SELECT {columns} FROM {TABLE} WHERE task_path LIKE '%note'")
    assert begun - asked < 10

    worker.terminate()
    assert worker.wait(10) == 0


def test_once_does_what_is_ready_and_ends_without_the_schedule(portal, trace):
    enqueue(portal, "note", trace, times=3)
    assert portal.start("work", "--once").wait(20) == 0
    assert trace() == ["0", "1", "2"]
    assert portal.sql("SELECT * FROM jobs_schedule") == []


if os.environ.get("DATABASE_URL"):  # SQLite's database is a file: it does not go away

    def test_a_worker_survives_a_database_that_restarts(portal, trace):
        worker = portal.start("work")
        eventually(lambda: states(portal, "xpassfam.jobs.jobs.purge") == ["SUCCESSFUL"])
        others = "datname = current_database() AND pid <> pg_backend_pid()"
        portal.sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")
        enqueue(portal, "note", trace)
        eventually(lambda: trace() == ["0"])
        assert worker.poll() is None
