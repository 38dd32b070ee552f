"""Create an agent's or an administrator's account; its owner chooses the password by e-mail."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from xpassfam.accounts.actions import passwords, staff
from xpassfam.accounts.models import Account
from xpassfam.journal.actions import Actor
from xpassfam.rules.identifiers import normalise_email


class Command(BaseCommand):
    help = __doc__
    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("first_name")
        parser.add_argument("last_name")
        parser.add_argument("--administrator", action="store_true", help="may configure the portal in /admin/")

    def handle(self, *args: Any, **options: Any) -> None:
        email = normalise_email(options["email"])
        if not passwords.is_address(email):
            raise CommandError(f"{email} is not an e-mail address.")
        if Account.objects.filter(email=email).exists():
            raise CommandError(f"{email} has an account already.")
        role = Account.Role.ADMINISTRATOR if options["administrator"] else Account.Role.AGENT
        names = {"first_name": options["first_name"], "last_name": options["last_name"]}
        staff.create(Account(email=email, role=role, **names), by=Actor(kind="system"), at=timezone.now())
        passwords.ask(email, at=timezone.now())
        self.stdout.write(f"Created. A link to choose the password leaves for {email}.")
