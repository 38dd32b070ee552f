"""Bring the register's files into the portal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from xpassfam.accounts.actions import activation_codes
from xpassfam.accounts.models import Account
from xpassfam.journal.actions import Actor, Fact, write
from xpassfam.people.actions.applying import apply
from xpassfam.people.actions.run import Applied
from xpassfam.people.models import Person
from xpassfam.register import history
from xpassfam.register.judging import Judge
from xpassfam.register.tables import Problem, read


@dataclass(frozen=True)
class Report:
    applied: Applied
    codes: int
    problems: list[Problem]


def import_files(paths: Iterable[Path], *, by: Actor, at: datetime) -> Report:
    """Apply the good rows of all files in one transaction, and report each of the others.

    Files may come in any order; their first line says what they hold. The same files twice change nothing.
    """
    judge = Judge(timezone.localdate(at))
    for path in paths:
        rows, problems = read(path)
        judge.problems += problems
        for row in rows:
            judge.take(row)
    with transaction.atomic():
        judge.settle()
        applied = apply(judge.facts, by=by, at=at)
        codes = {key: code for key, (code, _row) in judge.codes.items()}
        issued = _issue(codes, by=by, at=at)
        created, changed = applied.created.total() + issued, applied.changed.total()
        if created or changed:
            counts: dict[str, Fact] = {"created": created, "changed": changed, "problems": len(judge.problems)}
            write(history.IMPORTED, by=by, at=at, facts=counts)
    return Report(applied, issued, judge.problems)


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
