"""Issue the codes asked for by post and print them, as CSV for the organisation's own letters or as PDF.

The codes are kept hashed: what this prints can't be printed again.
"""

import csv
import os
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from xpassfam.accounts.actions.activation_codes import ask_by_post
from xpassfam.accounts.actions.activation_letters import MOST_LETTERS, Letter, Printed, print_letters
from xpassfam.accounts.letters import activation_letters
from xpassfam.accounts.models import Account
from xpassfam.journal.actions import Actor
from xpassfam.organisation.models import current
from xpassfam.people.finding import by_member_number
from xpassfam.ui.spreadsheets import inert

COLUMNS = ["numero_adherent", "nom", "prenoms", "adresse", "code_postal", "ville", "pays", "code_activation"]


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--pdf", type=Path, metavar="FILE", help="a new file: one page a letter, for windows")
        parser.add_argument(
            "--all-without-account",
            action="store_true",
            help="also everybody with access to a household, no account and no live code",
        )
        parser.add_argument(
            "--member", action="append", default=[], metavar="NUMBER", help="first ask for a new letter to this member"
        )
        parser.add_argument("--most", type=int, default=MOST_LETTERS, help="letters of one print (%(default)s)")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path | None = options["pdf"]
        _ask(options["member"])
        if path is None:
            self._print(self._write, options)
            return
        with _new(path) as file:

            def save(letters: list[Letter]) -> None:
                file.write(activation_letters(letters, current(), at=timezone.now()) if letters else b"")
                file.flush()
                os.fsync(file.fileno())

            printed = self._print(save, options, needs_address=True)
        if not printed.letters:
            path.unlink()

    def _print(
        self, to: Callable[[list[Letter]], object], options: dict[str, Any], *, needs_address: bool = False
    ) -> Printed:
        printed = print_letters(
            to,
            to_all=options["all_without_account"],
            needs_address=needs_address,
            most=options["most"],
            by=Actor(kind="system"),
            at=timezone.now(),
        )
        self.stderr.write(f"Letters printed: {printed.letters}.")
        if printed.without_address:
            self.stderr.write(f"Not printed, no address in the register: {printed.without_address}.")
        if printed.held:
            self.stderr.write(f"Held, a separation is declared in their only home: {printed.held}.")
        if printed.left:
            self.stderr.write(f"Left for another print: {printed.left}. Run the command again.")
        return printed

    def _write(self, letters: list[Letter]) -> None:
        table = csv.writer(self.stdout, delimiter=";", lineterminator="\n")
        table.writerow(COLUMNS)
        for letter in letters:
            person, home = letter.person, letter.home
            names = [person.member_number or "", person.last_name, person.first_names]
            address = [home.address, home.postcode, home.town, home.country] if home else [""] * 4
            table.writerow(map(inert, [*names, *address, letter.code]))
        self.stdout.flush()


def _ask(member_numbers: list[str]) -> None:
    now = timezone.now()
    members = {number: by_member_number(number, on=timezone.localdate(now)) for number in member_numbers}
    for number, person in members.items():
        if person is None:
            raise CommandError(f"{number} is nobody's member number in the register.")
        if Account.objects.filter(person=person).exists():
            raise CommandError(f"{number} has an account already: no code is needed.")
    for person in filter(None, members.values()):
        ask_by_post(person, by=Actor(kind="system"), at=now)


@contextmanager
def _new(path: Path) -> Iterator[BinaryIO]:
    """A file for our eyes only, that goes again where the print stops: codes that were not issued open nothing."""
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise CommandError(f"{path} exists already: its letters can't be printed again. Choose another name.") from None
    except OSError as problem:
        raise CommandError(f"{path} can't be written: {problem.strerror}.") from problem
    with os.fdopen(number, "wb") as file:
        try:
            yield file
        except BaseException:
            path.unlink()
            raise
