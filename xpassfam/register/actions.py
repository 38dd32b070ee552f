"""Bring the register's files into the portal."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.accounts.actions import activation_codes
from xpassfam.accounts.models import Account
from xpassfam.journal.actions import Actor, Fact, write
from xpassfam.people.actions.applying import apply
from xpassfam.people.actions.run import Applied
from xpassfam.people.models import Access, Household, Person, Residence, not_closed
from xpassfam.register import history
from xpassfam.register.alone import alone
from xpassfam.register.judging import Judge
from xpassfam.register.tables import Problem, read

MOST_CLOSED = 30  # percent of the register


@dataclass(frozen=True)
class Report:
    applied: Applied
    codes: int
    problems: list[Problem]
    before: Mapping[str, int]  # what was open, by kind

    @property
    def closed_percent(self) -> float:
        """The largest part of a kind that is closed."""
        return max((100 * self.applied.closed[kind] / open_ for kind, open_ in self.before.items() if open_), default=0)


class ClosesTooMany(Exception):
    """The files would close so much of the register that somebody has to confirm it. Nothing was written."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report


def import_files(
    paths: Iterable[Path],
    *,
    by: Actor,
    at: datetime,
    is_complete: bool = False,
    is_confirmed: bool = False,
    is_dry: bool = False,
) -> Report:
    """Apply the good rows of all files in one transaction, and report each of the others.

    Files may come in any order; their first line says what they hold. The same files twice change nothing.
    Files that are `is_complete` close who is absent from them. A dry run does it all, then undoes it.
    AlreadyImporting where another import is under way.
    """
    judge = _judge(paths, today=timezone.localdate(at))
    with alone():
        report = _apply(judge, by=by, at=at, is_complete=is_complete)
        if is_dry:
            transaction.set_rollback(True)
        elif report.closed_percent > MOST_CLOSED and not is_confirmed:
            raise ClosesTooMany(report)
    return report


def _judge(paths: Iterable[Path], *, today: date) -> Judge:
    judge = Judge(today)
    for path in paths:
        rows, problems = read(path)
        judge.problems += problems
        judge.is_all_named &= not problems
        for row in rows:
            judge.take(row)
    return judge


def _apply(judge: Judge, *, by: Actor, at: datetime, is_complete: bool) -> Report:
    before = _open_on(timezone.localdate(at))
    judge.settle()
    if is_complete and not judge.is_all_named:
        reason = _("rien n’est fermé : des lignes ne disent pas de qui elles parlent. Corrigez-les et recommencez.")
        judge.problems.append(Problem(_("Registre complet"), 0, "", reason))
    whole = judge.present if is_complete and judge.is_all_named else None
    applied = apply(judge.facts, by=by, at=at, whole=whole)
    codes = {key: code for key, (code, _row) in judge.codes.items()}
    issued = _issue(codes, by=by, at=at)
    created, changed, closed = applied.created.total() + issued, applied.changed.total(), applied.closed.total()
    if created or changed or closed:
        counts: dict[str, Fact] = {"created": created, "changed": changed, "closed": closed}
        write(history.IMPORTED, by=by, at=at, facts={**counts, "problems": len(judge.problems)})
    return Report(applied, issued, judge.problems, before)


def _open_on(day: date) -> Counter[str]:
    return Counter(
        household=Household.objects.filter(not_closed(day)).count(),
        person=Person.objects.filter(not_closed(day)).count(),
        residence=Residence.objects.open_on(day).count(),
        access=Access.objects.open_on(day).count(),
    )


def _issue(codes: Mapping[str, str], *, by: Actor, at: datetime) -> int:
    """Give each person without an account the code of the file, unless it is the one they have."""
    activated = set(Account.objects.filter(person__register_key__in=codes).values_list("person", flat=True))
    issued = 0
    for person in Person.objects.filter(register_key__in=codes).exclude(pk__in=activated).order_by("pk"):
        code = codes[person.register_key or ""]
        if activation_codes.check(person, code, at=at) is None:
            activation_codes.issue(person, code=code, by=by, at=at)
            issued += 1
    return issued
