"""The history as a table that a spreadsheet opens."""

import csv
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.dashboard.logbook import Row
from xpassfam.ui.spreadsheets import inert


def as_csv(rows: Iterator[Row]) -> Iterator[str]:
    """A line of text at a time: the whole is never held."""
    table = csv.writer(_Echo(), delimiter=";")
    titles = [_("Date"), _("Heure"), _("Fait par"), _("Concerne"), _("Quoi"), _("Avant"), _("Après"), _("Appareil")]
    yield "\ufeff" + table.writerow(titles)
    for row in rows:
        local = timezone.localtime(row.at)
        told = (row.who, row.concerns, row.what, row.before, row.after, row.device)
        yield table.writerow([f"{local:%d/%m/%Y}", f"{local:%H:%M}", *map(inert, told)])


class _Echo:
    def write(self, text: str) -> str:
        return text
