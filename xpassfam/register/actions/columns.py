"""What the organisation's headers mean, said once and remembered."""

from collections.abc import Mapping

from django.db import transaction

from xpassfam.register.columns import IGNORED, LABELS
from xpassfam.register.models import ColumnMeaning
from xpassfam.rules.identifiers import fold


class UnknownColumn(Exception):
    """No column of the register has this name."""


def remembered() -> dict[str, str]:
    return dict(ColumnMeaning.objects.values_list("header", "column"))


def remember(meanings: Mapping[str, str]) -> None:
    """Headers as files have them, and the column that each means; an empty one is left alone from now on."""
    if unknown := set(meanings.values()) - {*LABELS, IGNORED}:
        raise UnknownColumn(", ".join(sorted(unknown)))
    with transaction.atomic():
        for header, column in meanings.items():
            ColumnMeaning.objects.update_or_create(header=fold(header)[:120], defaults={"column": column})
