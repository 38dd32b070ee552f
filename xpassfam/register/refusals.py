"""The rows that could not be taken, as a file to mend them from."""

import csv
from collections.abc import Iterable
from typing import Protocol

from django.utils.translation import gettext as _

from xpassfam.register.problems import Problem

MARK = "\ufeff"  # without it, a French spreadsheet misreads accents


class Writable(Protocol):
    def write(self, text: str, /) -> object: ...


def write_problems(problems: Iterable[Problem], file: Writable) -> None:
    file.write(MARK)
    table = csv.writer(file, delimiter=";")
    table.writerow([_("Fichier"), _("Ligne"), _("Colonne"), _("Pourquoi")])
    for problem in problems:
        table.writerow([_plain(problem.file), problem.line or "", _plain(problem.column), _plain(problem.reason)])


def _plain(cell: str) -> str:
    """A spreadsheet takes what begins so for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
