"""Issue the codes asked for by post and print them as CSV, for the organisation's letters.

The codes are kept hashed: what this prints can't be printed again.
"""

import csv
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from xpassfam.accounts.actions import activation_codes
from xpassfam.journal.actions import Actor
from xpassfam.people.models import Person, Residence

COLUMNS = ["numero_adherent", "nom", "prenoms", "adresse", "code_postal", "ville", "pays", "code_activation"]


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        table = csv.writer(self.stdout, delimiter=";", lineterminator="\n")
        table.writerow(COLUMNS)

        def write(person: Person, code: str) -> None:
            names = [person.member_number, person.last_name, person.first_names]
            table.writerow([*names, *_address(person, now), code])
            self.stdout.flush()

        activation_codes.print_waiting(write, by=Actor(kind="system"), at=now)


def _address(person: Person, now: datetime) -> list[str]:
    """Of the person's own home; the register's first, where there are two."""
    homes = Residence.objects.open_on(timezone.localdate(now)).filter(person=person).select_related("household")
    stay = homes.order_by("pk").first()
    home = stay.household if stay else None
    return [home.address, home.postcode, home.town, home.country] if home else ["", "", "", ""]
