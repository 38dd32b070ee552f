"""Issue the codes asked for by post and print them as CSV, for the organisation's letters.

The codes are kept hashed: what this prints can't be printed again.
"""

import csv
import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from xpassfam.accounts.actions import activation_codes
from xpassfam.journal.actions import Actor


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        letters = activation_codes.print_waiting(by=Actor(kind="system"), at=timezone.now())
        table = csv.writer(sys.stdout, delimiter=";")
        table.writerow(["numero_adherent", "nom", "prenoms", "code_activation"])
        for person, code in letters:
            table.writerow([person.member_number, person.last_name, person.first_names, code])
