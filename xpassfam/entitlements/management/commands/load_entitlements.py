"""manage.py load_entitlements [FILE…]"""

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from xpassfam.definitions.yaml_text import Unreadable, read
from xpassfam.entitlements import shipped
from xpassfam.entitlements.actions.publishing import CasesFail, publish_right, publish_vocabulary
from xpassfam.entitlements.language import Refused
from xpassfam.entitlements.published import NoRules
from xpassfam.entitlements.wording.cases import case_in_words
from xpassfam.journal.actions import Actor

BY = Actor("system", name="load_entitlements")


class Command(BaseCommand):
    help = "Publie des droits depuis des définitions YAML ; sans fichier, ceux qui sont livrés avec le portail."
    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FICHIER")
        parser.add_argument("--dry-run", action="store_true", help="lit et vérifie, ne publie rien")

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        """Each file by itself, what rules share before them; one that is wrong does not hold the others back."""
        with transaction.atomic():
            paths = sorted(files or [shipped.VOCABULARY, *shipped.rights()], key=lambda path: not _is_vocabulary(path))
            wrong = [path for path in paths if not self._take(path, at=timezone.now())]
            transaction.set_rollback(options["dry_run"])
        if wrong:
            raise CommandError(f"{len(wrong)} fichier(s) à corriger ; les autres sont lus.")

    def _take(self, path: Path, *, at: datetime) -> bool:
        try:
            text = path.read_text(encoding="utf-8-sig")
            publishing = publish_vocabulary if _is_vocabulary(path) else publish_right
            version = publishing(text, by=BY, at=at)
            self.stdout.write(f"{path.name}: {version.code}, version {version.number}")
            return True
        except Refused as refusal:
            for problem in refusal.problems:
                self.stderr.write(f"{path}:{problem.line}: {problem.text}")
        except CasesFail as refusal:
            for tried in refusal.failures:
                self.stderr.write(f"{path}:1: {case_in_words(tried)}")
        except NoRules:
            self.stderr.write(f"{path}:1: publiez d’abord les notions communes (vocabulary.yaml).")
        except (OSError, UnicodeDecodeError):
            self.stderr.write(f"{path}:1: ce fichier ne peut pas être lu : il faut du texte en UTF-8.")
        return False


def _is_vocabulary(path: Path) -> bool:
    """By what it holds: a right has a code, what rules share has none."""
    try:
        tree = read(path.read_text(encoding="utf-8-sig")).tree
    except (OSError, UnicodeDecodeError, Unreadable):
        return False
    return isinstance(tree, dict) and "brackets" in tree
