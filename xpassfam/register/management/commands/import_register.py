"""manage.py import_register FILE…"""

import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from xpassfam.journal.actions import Actor
from xpassfam.register.actions.columns import remember
from xpassfam.register.actions.importing import ClosesTooMany, import_files
from xpassfam.register.alone import AlreadyImporting
from xpassfam.register.columns import IGNORED, column_called
from xpassfam.register.refusals import write_problems
from xpassfam.register.report import MOST_CLOSED, Report
from xpassfam.rules.identifiers import fold

KINDS = {"household": "foyers", "person": "personnes", "residence": "rattachements", "access": "accès"}
LEFT_ASIDE = "ignorer"
MOST_PRINTED = 200


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
        parser.add_argument(
            "--columns",
            type=Path,
            metavar="FICHIER.csv",
            help=f"en-têtes à retenir : « en-tête;colonne », ou « en-tête;{LEFT_ASIDE} »",
        )

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        if options["columns"]:
            remember(_meanings(options["columns"]))
        try:
            report = import_files(
                files,
                by=Actor("system", name="import_register"),
                at=timezone.now(),
                is_complete=options["complete"],
                is_confirmed=options["confirm"],
                is_dry=options["dry_run"],
                tell=self._tell_progress,
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
        if report.refused:
            rest = "serait importé" if options["dry_run"] else "est importé"
            raise CommandError(f"{report.refused} refus ; tout le reste {rest}.")

    def _tell_progress(self, percent: int) -> None:
        if self.stdout.isatty():
            step = f"lecture {percent:>3} %" if percent < 100 else "mise à jour du registre…"
            self.stdout.write(f"\r{step:<30}", ending="")
            self.stdout.flush()

    def _tell(self, report: Report, problems: Path | None) -> None:
        if self.stdout.isatty():
            self.stdout.write("\r", ending="")
        applied, last = report.applied, report.record.before
        for kind, word in KINDS.items():
            counts = applied.created[kind], applied.changed[kind], applied.closed[kind], applied.same[kind]
            line = "{:<14} {:>6} créés {:>6} changés {:>6} fermés {:>6} inchangés".format(word, *counts)
            if report.before[kind]:
                line += f" ({100 * sum(counts[:3]) / report.before[kind]:.1f} % du registre)".replace(".", ",")
            if last:
                before = sum(last.counts[what].get(kind, 0) for what in ("created", "changed", "closed"))
                line += f", la dernière fois {before}"
            self.stdout.write(line)
        self.stdout.write(f"{'codes':<14} {report.codes:>6} créés")
        for head in report.record.headers:
            self.stdout.write(f"colonne non lue : {head} (voir --columns)")
        for pair in report.record.duplicates.all():
            self.stdout.write(f"doublon probable : {pair} ({pair.first_key}, {pair.second_key})")
        self._tell_refusals(report, problems)

    def _tell_refusals(self, report: Report, problems: Path | None) -> None:
        refusals = report.record.refusals
        if problems:
            with problems.open("w", encoding="utf-8", newline="") as file:
                write_problems((refusal.as_problem() for refusal in refusals.iterator()), file)
        for refusal in refusals.all()[:MOST_PRINTED]:
            self.stderr.write(str(refusal))
        if report.refused > MOST_PRINTED:
            self.stderr.write(f"et {report.refused - MOST_PRINTED} autres : --problems les écrit tous.")


def _meanings(path: Path) -> dict[str, str]:
    """`En-tête;colonne` a line: the column by its name in our examples, or `ignorer`."""
    found: dict[str, str] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.reader(file, delimiter=";") if any(row)]
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path} ne peut pas être lu : il faut du texte en UTF-8.") from error
    for row in rows:
        header, meant = (*row, "")[:2]
        column = IGNORED if fold(meant) == LEFT_ASIDE else column_called(meant)
        if column is None:
            raise CommandError(f"{path} : « {meant} » n’est pas une colonne du registre. Exemple : « Commune ».")
        found[header] = column
    return found
