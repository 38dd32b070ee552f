"""manage.py load_procedures [FILE…]"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from xpassfam.journal.actions import Actor
from xpassfam.procedures import shipped
from xpassfam.procedures.actions import SlugTaken, publish
from xpassfam.procedures.language import Refused, load


class Command(BaseCommand):
    help = "Publie des démarches depuis des définitions YAML ; sans fichier, celles qui sont livrées avec le portail."
    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FICHIER")
        parser.add_argument("--dry-run", action="store_true", help="lit et vérifie, ne publie rien")

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        """Each file by itself: one that is wrong does not hold the others back."""
        wrong = [path for path in files or shipped.files() if not self._take(path, is_dry=options["dry_run"])]
        if wrong:
            raise CommandError(f"{len(wrong)} fichier(s) à corriger ; les autres sont lus.")

    def _take(self, path: Path, *, is_dry: bool) -> bool:
        try:
            text = path.read_text(encoding="utf-8-sig")
            if is_dry:
                self.stdout.write(f"{path.name}: {load(text).code}")
                return True
            version = publish(text, by=Actor("system", name="load_procedures"), at=timezone.now())
            self.stdout.write(f"{path.name}: {version.procedure.code}, version {version.number}")
            return True
        except Refused as refusal:
            for problem in refusal.problems:
                self.stderr.write(f"{path}:{problem.line}: {problem.text}")
        except SlugTaken as refusal:
            self.stderr.write(f"{path}:1: l’adresse « {refusal} » est celle d’une autre démarche.")
        except (OSError, UnicodeDecodeError):
            self.stderr.write(f"{path}:1: ce fichier ne peut pas être lu : il faut du texte en UTF-8.")
        return False
