"""The orders as agents list them: by where they stand, searched, between two days, in pages by key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xpassfam.payments.models import PaymentOrder
from xpassfam.people.models import Household, Residence
from xpassfam.people.searching import find
from xpassfam.rules.identifiers import is_public_id, normalise_file_number

ROWS = 50
PERSONS = 50


class View(StrEnum):
    """As addresses name them."""

    READY = "a-verser"
    EXPORTED = "exportes"
    WAITING = "en-attente"
    NO_ACCOUNT = "sans-compte"
    PAID = "verses"
    CANCELLED = "annules"


VIEWS: Mapping[View, str | Promise] = {
    View.READY: _("À verser"),
    View.EXPORTED: _("Exportés, à confirmer"),
    View.WAITING: _("Nouveau compte, à attendre"),
    View.NO_ACCOUNT: _("Sans compte"),
    View.PAID: _("Versés"),
    View.CANCELLED: _("Annulés"),
}
TO_DO = (View.READY, View.EXPORTED, View.WAITING, View.NO_ACCOUNT)
# By what a view is sorted and between which days it is looked at; « - »: the latest first.
SORTED = {View.PAID: "-paid_on", View.CANCELLED: "-cancelled_at"}


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed by: whose, from a day to another, both included."""

    view: View
    text: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Work:
    """How many there are, and how much money that is."""

    count: int
    cents: int


@dataclass(frozen=True)
class Page:
    orders: Sequence[PaymentOrder]
    following: PaymentOrder | None  # the last shown, where more come after it


def listed(wanted: Wanted, *, at: datetime) -> "QuerySet[PaymentOrder]":
    found = _in_view(wanted.view, at=at)
    column = _column(wanted.view).lstrip("-")
    if wanted.since:
        found = found.filter(**{f"{column}__gte": _start(wanted.since, column)})
    if wanted.until:
        found = found.filter(**{f"{column}__lt": _start(wanted.until + timedelta(days=1), column)})
    return found.filter(household__in=_homes(wanted.text)) if wanted.text else found


def work_of(found: "QuerySet[PaymentOrder]") -> Work:
    """One query."""
    summed = found.aggregate(count=Count("pk"), cents=Sum("amount_cents"))
    return Work(summed["count"], summed["cents"] or 0)


def work_by_view(*, at: datetime) -> dict[View, int]:
    """How many wait in each view where something is to do. One query."""
    counts = {view.name.lower(): Count("pk", filter=Q(pk__in=_in_view(view, at=at).values("pk"))) for view in TO_DO}
    found = PaymentOrder.objects.filter(status=PaymentOrder.Status.ORDERED).aggregate(**counts)
    return {view: found[view.name.lower()] for view in TO_DO}


def page(found: "QuerySet[PaymentOrder]", view: View, after: str) -> Page:
    """From one of them on. Two queries."""
    column = _column(view)
    descends, name = column.startswith("-"), column.lstrip("-")
    last = PaymentOrder.objects.filter(public_id=after).first() if is_public_id(after) else None
    if last and (value := getattr(last, name)) is not None:
        way = "lt" if descends else "gt"
        found = found.filter(Q(**{f"{name}__{way}": value}) | Q(**{name: value, f"pk__{way}": last.pk}))
    rows = found.select_related("household", "account", "batch").order_by(column, "-pk" if descends else "pk")
    shown = list(rows[: ROWS + 1])
    return Page(shown[:ROWS], shown[ROWS - 1] if len(shown) > ROWS else None)


def _in_view(view: View, *, at: datetime) -> "QuerySet[PaymentOrder]":
    orders = PaymentOrder.objects.all()
    match view:
        case View.EXPORTED:
            return orders.exported()
        case View.WAITING:
            return orders.waiting(at)
        case View.NO_ACCOUNT:
            return orders.without_account(at)
        case View.PAID:
            return orders.filter(status=PaymentOrder.Status.PAID)
        case View.CANCELLED:
            return orders.filter(status=PaymentOrder.Status.CANCELLED)
    return orders.ready(at)


def _column(view: View) -> str:
    return SORTED.get(view, "ordered_at")


def _start(day: date, column: str) -> Any:
    return day if column == "paid_on" else timezone.make_aware(datetime.combine(day, time.min))


def _homes(text: str) -> "QuerySet[Household]":
    """By file number, or those of the persons whom the text means."""
    by_number = Household.objects.filter(file_key=normalise_file_number(text) or "-")
    if by_number.exists():
        return by_number
    persons = [person.pk for person in find(text, size=PERSONS).persons]
    return Household.objects.filter(pk__in=Residence.objects.filter(person__in=persons).values("household"))
