"""What families changed and the register does not know yet, as a table for the organisation's own tool."""

import csv
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.household.fields import FIELDS, on_one_line
from xpassfam.people.models import Correction
from xpassfam.ui.spreadsheets import inert

# Its label and its reading are the same whoever's it is.
_FIELDS = {field.name: field for field in reversed(FIELDS.values())}


class _Echo:
    def write(self, text: str) -> str:
        return text


def standing_count() -> int:
    return Correction.objects.standing().count()


def as_csv() -> Iterator[str]:
    """Row by row, as they are read."""
    table = csv.writer(_Echo(), delimiter=";")
    heads = (
        _("Numéro de dossier"),
        _("Identifiant"),
        _("Personne ou foyer"),
        _("Champ"),
        _("Valeur du registre"),
        _("Nouvelle valeur"),
        _("Changé le"),
        _("Par"),
    )
    yield "\ufeff" + table.writerow(heads)
    for row in Correction.objects.standing().select_related("household", "person").order_by("at", "pk").iterator():
        field = _FIELDS[row.field]
        texts = (
            row.household.file_number if row.household else "",
            (row.person.register_key or "") if row.person else "",
            str(row.person or row.household),
            str(field.label),
            on_one_line(field, row.before),
            on_one_line(field, row.after),
            f"{timezone.localtime(row.at):%d/%m/%Y}",
            row.by,
        )
        yield table.writerow(map(inert, texts))
