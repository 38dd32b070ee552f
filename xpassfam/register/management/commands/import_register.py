"""manage.py import_register FILE…"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from xpassfam.journal.actions import Actor
from xpassfam.register.actions.importing import ClosesTooMany, import_files
from xpassfam.register.alone import AlreadyImporting
from xpassfam.register.refusals import write_problems
from xpassfam.register.report import MOST_CLOSED, Report

KINDS = {"household": "foyers", "person": "personnes", "residence": "rattachements", "access": "accès"}


class Command(BaseCommand):
    help = (
        "Importe le registre depuis des fichiers CSV ou XLSX. Les lignes justes sont reprises, les autres sont dites."
    )
    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FICHIER")
        parser.add_argument("--dry-run", action="store_true", help="dit ce qui changerait, n’écrit rien")
        parser.add_argument("--complete", action="store_true", help="le registre entier : qui n’y est pas est fermé")
        parser.add_argument("--confirm", action="store_true", help=f"même si plus de {MOST_CLOSED} % est fermé")
        parser.add_argument("--problems", type=Path, metavar="FICHIER.csv", help="où écrire les lignes refusées")

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        try:
            report = import_files(
                files,
                by=Actor("system", name="import_register"),
                at=timezone.now(),
                is_complete=options["complete"],
                is_confirmed=options["confirm"],
                is_dry=options["dry_run"],
            )
        except AlreadyImporting as refusal:
            raise CommandError("Un autre import est en cours : recommencez quand il est fini.") from refusal
        except ClosesTooMany as refusal:
            self._tell(refusal.report, options["problems"])
            raise CommandError(
                f"{refusal.report.closed_percent:.0f} % du registre serait fermé : rien n’est importé. "
                "Vérifiez que les fichiers sont entiers, puis ajoutez --confirm."
            ) from refusal
        self._tell(report, options["problems"])
        if options["dry_run"]:
            self.stdout.write("Essai à blanc : rien n’est écrit.")
            if report.closed_percent > MOST_CLOSED:
                self.stdout.write(f"{report.closed_percent:.0f} % du registre serait fermé : il faudra --confirm.")
        if report.problems:
            rest = "serait importé" if options["dry_run"] else "est importé"
            raise CommandError(f"{len(report.problems)} refus ; tout le reste {rest}.")

    def _tell(self, report: Report, problems: Path | None) -> None:
        applied = report.applied
        for kind, word in KINDS.items():
            counts = applied.created[kind], applied.changed[kind], applied.closed[kind], applied.same[kind]
            line = "{:<14} {:>6} créés {:>6} changés {:>6} fermés {:>6} inchangés".format(word, *counts)
            if report.before[kind]:
                line += f" ({100 * sum(counts[:3]) / report.before[kind]:.1f} % du registre)".replace(".", ",")
            self.stdout.write(line)
        self.stdout.write(f"{'codes':<14} {report.codes:>6} créés")
        if problems:
            with problems.open("w", encoding="utf-8", newline="") as file:
                write_problems(report.problems, file)
        for problem in report.problems:
            self.stderr.write(str(problem))
