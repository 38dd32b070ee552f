"""Bring the register's files into the portal."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.accounts.actions.activation_codes import issue_many
from xpassfam.accounts.models import Account
from xpassfam.jobs import bulk
from xpassfam.journal.actions import Actor, Fact, write
from xpassfam.people.actions.applying import apply
from xpassfam.people.actions.staging import STAGING
from xpassfam.people.models import Access, Household, Person, Residence, not_closed
from xpassfam.register import duplicates, history
from xpassfam.register.actions.columns import remembered
from xpassfam.register.alone import alone
from xpassfam.register.columns import meanings
from xpassfam.register.judging import Judge
from xpassfam.register.models import Import, LikelyDuplicate, Refusal
from xpassfam.register.problems import REFUSED
from xpassfam.register.progress import Progress, Tell, quiet
from xpassfam.register.report import MOST_CLOSED, Report
from xpassfam.register.settling import CODES, settle
from xpassfam.register.tables import Refused, tables

BATCH: Final = 2000
MOST_HEADERS: Final = 100


class ClosesTooMany(Exception):
    """The files would close so much of the register that somebody has to confirm it. Nothing was written."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report


def import_files(
    paths: Sequence[Path],
    *,
    by: Actor,
    at: datetime,
    is_complete: bool = False,
    is_confirmed: bool = False,
    is_dry: bool = False,
    tell: Tell = quiet,
) -> Report:
    """Apply the good rows of all files in one transaction, and report each of the others.

    Files may come in any order; their header says what they hold. The same files twice change nothing.
    Files that are `is_complete` close who is absent from them. A dry run does it all, then undoes it.
    AlreadyImporting where another import is under way. `tell` hears how many percent were read.
    """
    with alone():
        # Nobody imports beside us: what still seems under way died with its process. A job's own starts again.
        dead = Import.objects.under_way().filter(folder="")
        dead.update(state=Import.State.STOPPED, problem=_("L’import a été interrompu."), ended_at=timezone.now())
        record = Import.objects.create(
            asked_at=at,
            asked_by=by.public_id,
            asked_by_name=by.name,
            files=[path.name for path in paths],
            is_complete=is_complete,
            is_confirmed=is_confirmed,
            state=Import.State.TRYING if is_dry else Import.State.IMPORTING,
        )
        return bring(record, paths, by=by, at=at, tell=tell)


def bring(record: Import, paths: Sequence[Path], *, by: Actor, at: datetime, tell: Tell = quiet) -> Report:
    """The import that `record` asks for: a dry run where it is to be tried. The caller is `alone`.

    Read, staged and settled first, where nobody waits for it; then compared and applied in one transaction.
    """
    is_dry = record.state == Import.State.TRYING
    with bulk.many_rows(), bulk.large_joins(), bulk.scratches(*STAGING, CODES, REFUSED):
        judge = _read(record, paths, today=timezone.localdate(at), tell=tell)
        settle()
        with transaction.atomic():
            report = _apply(record, judge, by=by, at=at)
            likely = duplicates.find(record, on=timezone.localdate(at)) if is_dry else None
            is_too_much = report.closed_percent > MOST_CLOSED and not record.is_confirmed
            if is_dry or is_too_much:
                transaction.set_rollback(True)
            else:
                _keep(record, judge, report, likely, state=Import.State.DONE, at=at)
        if is_dry:
            _keep(record, judge, report, likely, state=Import.State.TRIED, at=at)
        elif is_too_much:
            _keep(record, judge, report, likely, state=Import.State.STOPPED, at=at)
            raise ClosesTooMany(report)
    return report


def _read(record: Import, paths: Sequence[Path], *, today: date, tell: Tell) -> Judge:
    judge = Judge(today, names_everybody=record.is_complete)
    known = meanings(remembered())
    headers: list[str] = []
    progress = Progress(record, paths, tell)
    for number, (path, name) in enumerate(zip(paths, record.files, strict=True)):
        try:
            for table in tables(path, known, name=name, told=progress.read):
                judge.take(table)
                headers += [head for head in (*table.unknown, *table.doubled) if head not in headers]
        except Refused as refused:
            judge.refuse_file(name, refused)
        progress.end_file(number)
    record.headers = headers[:MOST_HEADERS]
    if record.is_complete and not judge.is_all_named:
        reason = _("rien n’est fermé : des lignes ne disent pas de qui elles parlent. Corrigez-les et recommencez.")
        judge.refuse_file(_("Registre complet"), Refused(reason))
    judge.flush()
    return judge


def _apply(record: Import, judge: Judge, *, by: Actor, at: datetime) -> Report:
    before = _open_on(timezone.localdate(at))
    applied = apply(by=by, at=at, is_whole=record.is_complete and judge.is_all_named)
    issued = issue_many(_codes(), by=by, at=at)
    refused = REFUSED.count()
    created, changed, closed = applied.created.total() + issued, applied.changed.total(), applied.closed.total()
    if created or changed or closed:
        counts: dict[str, Fact] = {"created": created, "changed": changed, "closed": closed}
        write(history.IMPORTED, by=by, at=at, facts={**counts, "problems": refused})
    return Report(applied, issued, before, refused, record)


def _open_on(day: date) -> Counter[str]:
    return Counter(
        household=Household.objects.filter(not_closed(day)).count(),
        person=Person.objects.filter(not_closed(day)).count(),
        residence=Residence.objects.open_on(day).count(),
        access=Access.objects.open_on(day).count(),
    )


def _codes() -> Iterator[tuple[int, str, str]]:
    """Whose code the files hold, by id and public id: who has an account needs none."""
    for rows in bulk.stream(
        f"SELECT p.id, p.public_id, c.code FROM {CODES.name} c JOIN people_person p ON p.register_key = c.register_key "
        f"WHERE NOT EXISTS (SELECT 1 FROM {Account._meta.db_table} a WHERE a.person_id = p.id) ORDER BY p.id"
    ):
        yield from rows


def _keep(
    record: Import, judge: Judge, report: Report, likely: list[LikelyDuplicate] | None, *, state: str, at: datetime
) -> None:
    """The import's own row, what it refused, and who may be there twice: all anew, where it runs again.

    Who was found to be there twice when the files were tried stays on the page of their import.
    """
    record.refusals.all().delete()
    if likely is not None:
        record.duplicates.all().delete()
        LikelyDuplicate.objects.bulk_create(likely)
    problems = judge.places.problems()
    while batch := list(islice(problems, BATCH)):
        Refusal.objects.bulk_create(
            Refusal(of=record, file=one.file[:255], line=one.line, column=one.column[:255], reason=one.reason)
            for one in batch
        )
    record.state, record.counts, record.closed_percent = state, report.counts(), report.closed_percent
    record.progress, record.ended_at = 100, max(timezone.now(), at)
    record.save(update_fields=["state", "counts", "closed_percent", "headers", "progress", "ended_at"])
