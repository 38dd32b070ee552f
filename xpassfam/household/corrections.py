"""What families changed and the register does not know yet, as a table for the organisation's own tool."""

import csv
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.household.fields import FIELDS, Field, on_one_line
from xpassfam.people.models import Correction
from xpassfam.ui.spreadsheets import inert
from xpassfam.ui.words import NBSP

# Its label and its reading are the same whoever's it is.
_FIELDS = {field.name: field for field in reversed(FIELDS.values())}


class _Echo:
    def write(self, text: str) -> str:
        return text


def standing_count() -> int:
    return Correction.objects.standing().count()


def field_of(correction: Correction) -> Field:
    return _FIELDS[correction.field]


def as_csv(*, last: int) -> Iterator[str]:
    """Row by row, as they are read, up to the last that families were told of."""
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
    standing = Correction.objects.standing().filter(pk__lte=last).select_related("household", "person")
    for row in standing.order_by("at", "pk").iterator():
        field = field_of(row)
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
        # Spaces that hold a page's lines together are not those that another tool looks for.
        yield table.writerow(inert(text.replace(NBSP, " ")) for text in texts)
