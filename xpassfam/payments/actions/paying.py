"""It is noted that the money left, or that it will not: the portal moves none itself."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from xpassfam.journal.actions import Actor, Entry, Fact, write, write_many
from xpassfam.journal.kinds import Kind
from xpassfam.payments import history
from xpassfam.payments.actions.holding import active_accounts, hold_orders
from xpassfam.payments.actions.telling import tell_paid, tell_undone
from xpassfam.payments.models import PaymentOrder
from xpassfam.ui import words


class NotToPay(Exception):
    """It is paid by now, was cancelled, or waits for an account that its home may still stop."""


class DayToCome(Exception):
    """Nothing was paid on a day that has not come."""


class TooLateToUndo(Exception):
    """It was noted another day, or is not noted as paid."""


def note_paid(ordered: PaymentOrder, *, on: date, by: Actor, at: datetime) -> PaymentOrder:
    """The money left `on` that day: certificates for the tax office go by it. Raise NotToPay, DayToCome."""
    noted = note_all_paid([ordered], on=on, by=by, at=at)
    if not noted:
        raise NotToPay
    return noted[0]


@transaction.atomic
def note_all_paid(orders: Collection[PaymentOrder], *, on: date, by: Actor, at: datetime) -> list[PaymentOrder]:
    """The same of several at once: those that it is true of. One mail for each home. Raise DayToCome."""
    if on > timezone.localdate(at):
        raise DayToCome
    held = hold_orders(orders)
    keys = [one.pk for one in held]
    waiting = set(PaymentOrder.objects.waiting(at).filter(pk__in=keys).values_list("pk", flat=True))
    held = [one for one in held if one.status == PaymentOrder.Status.ORDERED and one.pk not in waiting]
    accounts = active_accounts(held, at=at)
    for one in held:
        one.status, one.paid_on = PaymentOrder.Status.PAID, on
        one.noted_at, one.noted_by, one.was_told = at, by.name, False
        one.account = one.account or accounts.get(one.household_id)
    columns = ("status", "paid_on", "noted_at", "noted_by", "was_told", "account")
    PaymentOrder.objects.bulk_update(held, columns, batch_size=200)
    if held:
        tell_paid.enqueue()
    day = words.full_day(on)
    write_many([_entry(history.PAID, one, day=day) for one in held], by=by, at=at)
    return held


@transaction.atomic
def undo_paid(ordered: PaymentOrder, *, by: Actor, at: datetime) -> PaymentOrder:
    """It was noted by mistake, the same day: it is to pay again. Raise TooLateToUndo."""
    [held] = hold_orders([ordered])
    if not held.may_be_undone(at):
        raise TooLateToUndo
    if held.was_told:
        tell_undone(held, at=at)
    held.status, held.paid_on = PaymentOrder.Status.ORDERED, None
    held.noted_at, held.noted_by, held.was_told = None, "", False
    held.account = held.account if held.batch_id else None
    held.save(update_fields=["status", "paid_on", "noted_at", "noted_by", "was_told", "account"])
    _write(history.UNDONE, held, by=by, at=at)
    return held


@transaction.atomic
def cancel(ordered: PaymentOrder, *, reason: str, by: Actor, at: datetime) -> PaymentOrder:
    """It will not be paid; the family reads why. Raise NotToPay."""
    held = _still_to_pay(ordered)
    held.status, held.cancel_reason = PaymentOrder.Status.CANCELLED, " ".join(reason.split())
    held.cancelled_at, held.cancelled_by = at, by.name
    held.save(update_fields=["status", "cancel_reason", "cancelled_at", "cancelled_by"])
    _write(history.CANCELLED, held, by=by, at=at, reason=held.cancel_reason)
    return held


@transaction.atomic
def take_out(ordered: PaymentOrder, *, by: Actor, at: datetime) -> PaymentOrder:
    """The organisation's tool, or the bank, did not pay it: it is to go again, to the account of then.

    Raise NotToPay.
    """
    held = _still_to_pay(ordered)
    if held.batch_id is None:
        raise NotToPay
    held.batch = held.account = None
    held.save(update_fields=["batch", "account"])
    _write(history.LEFT_BATCH, held, by=by, at=at)
    return held


def _still_to_pay(ordered: PaymentOrder) -> PaymentOrder:
    [held] = hold_orders([ordered])
    if held.status != PaymentOrder.Status.ORDERED:
        raise NotToPay
    return held


def _write(kind: Kind, ordered: PaymentOrder, *, by: Actor, at: datetime, **more: str) -> None:
    entry = _entry(kind, ordered, **more)
    write(kind, by=by, at=at, household=entry.household, facts=entry.facts)


def _entry(kind: Kind, ordered: PaymentOrder, **more: str) -> Entry:
    facts: dict[str, Fact] = {"amount": words.euros(ordered.amount_cents), "label": ordered.label, **more}
    return Entry(kind, household=ordered.household.public_id, facts=facts)
