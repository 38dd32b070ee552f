from argparse import ArgumentParser
from pathlib import Path
from time import perf_counter

from django.core.management.base import BaseCommand, CommandError

from xpassfam.journal import anchors, proof
from xpassfam.journal.proof import Break

HELP = """Walks every chain of the history and says the first broken link of each: a line changed, added, removed,
words exchanged. It can't see what the owner of the database does with the whole: write a chain anew, take it away,
cut its end. Keep an anchor elsewhere (--anchor), and compare with it (--against)."""


class Command(BaseCommand):
    help = HELP

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--anchor", type=Path, metavar="FILE", help="write the ends of all chains there")
        parser.add_argument("--against", type=Path, metavar="FILE", help="compare with an anchor written before")

    def handle(self, *, anchor: Path | None = None, against: Path | None = None, **options: object) -> None:
        began, chains, lines, breaks = perf_counter(), 0, 0, 0
        for walked in proof.walk():
            chains += 1
            lines += walked.lines
            breaks += self._tell(walked.broken)
        if against:
            try:
                with against.open(encoding="utf-8") as file:
                    for broken in anchors.compare(file):
                        breaks += self._tell(broken)
            except ValueError as error:
                raise CommandError(f"{against} is not an anchor") from error
        took = f"{lines} lines in {perf_counter() - began:.0f} s"
        if breaks:
            raise CommandError(f"{breaks} breaks in {chains} chains, {took}")
        self.stdout.write(f"{chains} chains hold, {took}")
        if anchor:
            with anchor.open("x", encoding="utf-8") as file:
                self.stdout.write(f"Anchored: {anchors.write_to(file)}")

    def _tell(self, broken: Break | None) -> bool:
        if broken:
            self.stderr.write(f"{broken.scope}, line {broken.seq}: {broken.problem}")
        return broken is not None
