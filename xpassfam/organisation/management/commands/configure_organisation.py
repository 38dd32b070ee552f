"""Fill the organisation's row from a TOML file: before the first start, or from a repository of settings."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.organisation.files import load


class Command(BaseCommand):
    help = "Configures the organisation from a TOML file; see examples/organisations/."
    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            organisation = load(file, by=f"configure_organisation {file.name}", at=timezone.now())
        except OSError as error:
            raise CommandError(_("Ce fichier ne se lit pas : %(reason)s") % {"reason": error}) from error
        except ValidationError as error:
            raise CommandError("\n".join(_lines(error))) from error
        self.stdout.write(_("%(name)s est réglé.") % {"name": organisation.name})


def _lines(error: ValidationError) -> list[str]:
    if not hasattr(error, "error_dict"):
        return error.messages
    return [f"{name}: {message}" for name, messages in error.message_dict.items() for message in messages]
