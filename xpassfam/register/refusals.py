"""The rows that could not be taken, as a file to mend them from."""

import csv
from collections.abc import Iterable
from typing import Protocol

from django.utils.translation import gettext as _

from xpassfam.register.problems import Problem
from xpassfam.ui.spreadsheets import inert

MARK = "\ufeff"  # without it, a French spreadsheet misreads accents


class Writable(Protocol):
    def write(self, text: str, /) -> object: ...


def write_problems(problems: Iterable[Problem], file: Writable) -> None:
    file.write(MARK)
    table = csv.writer(file, delimiter=";")
    table.writerow([_("Fichier"), _("Ligne"), _("Colonne"), _("Pourquoi")])
    for problem in problems:
        table.writerow([inert(problem.file), problem.line or "", inert(problem.column), inert(problem.reason)])
