import logging
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.jobs import samples
from xpassfam.jobs import actions
from xpassfam.jobs.worker import drain

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(tmp_path):
    return tmp_path / "trace"


def runs(path) -> int:
    return len(path.read_text().split()) if path.exists() else 0


def test_a_job_commits_with_its_cause_or_not_at_all(path):
    with transaction.atomic():
        samples.outlive.enqueue(str(path))
        transaction.set_rollback(True)
    drain()
    assert runs(path) == 0


def test_a_failing_job_is_tried_again_later_and_later_then_given_up(path, caplog, time_machine):
    now = timezone.now()
    samples.fail.enqueue(str(path))
    drain()
    row = DBTaskResult.objects.get()
    assert row.status == "READY"
    assert now < row.run_after <= timezone.now() + timedelta(seconds=5)
    drain()
    assert runs(path) == 1, "not before its time"

    for tries in (2, 3):
        time_machine.move_to(row.run_after + timedelta(seconds=1))
        drain()
        row.refresh_from_db()
        assert runs(path) == tries
    assert row.status == "FAILED"
    assert row.exception_class_path == "tests.jobs.samples.Refused"
    errors = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert [f"{row.pk} given up after 3 tries" in record.getMessage() for record in errors] == [True]


def test_a_job_whose_code_is_gone_does_not_stop_the_others(path):
    samples.fail.enqueue(str(path))
    DBTaskResult.objects.update(task_path="tests.jobs.samples.gone")
    samples.outlive.enqueue(str(path))
    drain()
    assert runs(path) == 1
    assert DBTaskResult.objects.get(task_path__endswith="gone").status == "READY"


def test_waits_double_up_to_an_hour_and_differ():
    seconds = [actions.wait_before(attempt).total_seconds() for attempt in (2, 3, 4, 5, 30)]
    for wait, longest in zip(seconds, (5, 10, 20, 40, 3600), strict=True):
        assert longest / 2 <= wait <= longest
    assert len({actions.wait_before(9) for _ in range(10)}) > 1


def test_a_job_that_kills_every_worker_is_given_up(path, caplog):
    samples.fail.enqueue(str(path))
    now = timezone.now()
    for _ in range(3):
        now += timedelta(hours=1)
        assert actions.claim(by="doomed", at=now)
        assert actions.claim(by="other", at=now) is None
        now += timedelta(hours=1)
        actions.take_back_lost(at=now)
    row = DBTaskResult.objects.get()
    assert row.status == "FAILED"
    assert row.exception_class_path.endswith("WorkerVanished")
    assert "given up after 3 tries" in caplog.text


def test_a_worker_back_after_its_lease_cannot_close_what_another_took(path):
    samples.outlive.enqueue(str(path))
    now = timezone.now()
    late = actions.claim(by="late", at=now)
    actions.take_back_lost(at=now + timedelta(seconds=31))
    other = actions.claim(by="other", at=now + timedelta(seconds=60))
    assert other.pk == late.pk
    actions.finish(late, at=now + timedelta(seconds=61))
    row = DBTaskResult.objects.get()
    assert (row.status, row.worker_ids) == ("RUNNING", ["late", "other"])
    actions.finish(other, at=now + timedelta(seconds=62))
    row.refresh_from_db()
    assert row.status == "SUCCESSFUL"


def test_finished_jobs_are_purged_and_what_waits_stays(path):
    now = timezone.now()
    for _ in range(5):
        samples.outlive.enqueue(str(path))
    ids = list(DBTaskResult.objects.values_list("pk", flat=True))
    for pk, status, days in zip(ids, ["SUCCESSFUL", "SUCCESSFUL", "FAILED", "FAILED"], [0, 2, 2, 31], strict=False):
        DBTaskResult.objects.filter(pk=pk).update(status=status, finished_at=now - timedelta(days=days))
    actions.purge(done_before=now - timedelta(days=1), given_up_before=now - timedelta(days=30))
    assert set(DBTaskResult.objects.values_list("pk", flat=True)) == {ids[0], ids[2], ids[4]}


def test_idle_costs_one_read(django_assert_num_queries):
    with django_assert_num_queries(1) as queries:
        assert actions.claim(by="idle", at=timezone.now()) is None
    assert queries.captured_queries[0]["sql"].startswith("SELECT")


def test_the_worker_finds_lost_jobs_by_an_index():
    lost = DBTaskResult.objects.filter(status="RUNNING", run_after__lte=timezone.now()).order_by()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
    assert "jobs_lease" in lost.explain()
