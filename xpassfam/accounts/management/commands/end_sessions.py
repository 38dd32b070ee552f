"""Sign one person out of every device, or everybody: when a computer was stolen, or a key may have leaked."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from xpassfam.accounts.actions import signing_out
from xpassfam.accounts.models import Account
from xpassfam.journal.actions import Actor
from xpassfam.rules.identifiers import identify


class Command(BaseCommand):
    help = __doc__
    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        whom = parser.add_mutually_exclusive_group(required=True)
        whom.add_argument("identifier", nargs="?", help="an e-mail address or a member number")
        whom.add_argument("--everybody", action="store_true", help="staff and families alike")

    def handle(self, *args: Any, **options: Any) -> None:
        by, now = Actor(kind="system"), timezone.now()
        if options["everybody"]:
            ended = signing_out.end_everybody(by=by, at=now)
            self.stdout.write(f"Ended: {ended} sessions. Everybody signs in again.")
            return
        account = Account.objects.meant_by(identify(options["identifier"])).first()
        if account is None:
            raise CommandError(f"{options['identifier']} has no account.")
        signing_out.end_everywhere(account, by=by, at=now)
        self.stdout.write("Ended. They sign in again, on each device.")
