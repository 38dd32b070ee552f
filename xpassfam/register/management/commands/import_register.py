"""manage.py import_register FILE…"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from xpassfam.journal.actions import Actor
from xpassfam.register.actions import import_files

KINDS = {"household": "foyers", "person": "personnes", "residence": "rattachements", "access": "accès"}


class Command(BaseCommand):
    help = "Importe le registre depuis des fichiers CSV. Les lignes justes sont reprises, les autres sont dites."
    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FICHIER")

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        report = import_files(files, by=Actor("system", name="import_register"), at=timezone.now())
        applied = report.applied
        for kind, word in KINDS.items():
            counts = applied.created[kind], applied.changed[kind], applied.same[kind]
            self.stdout.write("{:<14} {:>6} créés {:>6} changés {:>6} inchangés".format(word, *counts))
        self.stdout.write(f"{'codes':<14} {report.codes:>6} créés")
        for problem in report.problems:
            self.stderr.write(str(problem))
        if report.problems:
            raise CommandError(f"{len(report.problems)} refus ; tout le reste est importé.")
