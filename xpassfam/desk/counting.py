"""Counts that cost the same whatever there is: beyond a number, « plus de » is what one needs to know."""

from collections.abc import Mapping
from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery
from django.utils.translation import gettext as _

from xpassfam.accounts.models import Account

MOST = 200


class Bounded(Subquery):
    """How many rows, one more than `MOST` at most. Their order is kept: it is that of the index to count by."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) bounded)"
    output_field = IntegerField()

    def __init__(self, rows: "QuerySet[Any]") -> None:
        super().__init__(rows.values("pk")[: MOST + 1])


def counts(agent: Account, **of: "QuerySet[Any]") -> Mapping[str, int]:
    """All of them in one query."""
    asked = Account.objects.filter(pk=agent.pk).values("pk")
    return dict(asked.annotate(**{name: Bounded(rows) for name, rows in of.items()}).get())  # type: ignore[arg-type]


def in_figures(count: int) -> str:
    """« 42 », « plus de 200 »."""
    return _("plus de {n}").format(n=MOST) if count > MOST else str(count)
