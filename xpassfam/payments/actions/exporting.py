"""Orders leave for the organisation's own tool, with account numbers: those who see to payments all learn it."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from xpassfam.accounts.models import Account
from xpassfam.journal.actions import Entry, Fact, write, write_many
from xpassfam.journal.noting import note
from xpassfam.organisation.models import current
from xpassfam.outbox.actions import send
from xpassfam.payments import history
from xpassfam.payments.actions.holding import active_accounts, hold_orders
from xpassfam.payments.models import BankDetails, Batch, PaymentOrder
from xpassfam.payments.sealing import Unreadable
from xpassfam.people.models import Household
from xpassfam.ui import words

# As many homes as one statement of the history holds together.
MOST = 1000


class NothingToExport(Exception):
    """Somebody was quicker, or every account is new, or none can be read."""


@transaction.atomic
def make_batch(*, form_key: str, by: Account, at: datetime) -> Batch:
    """What is ready leaves together, the oldest first; each to the account that serves now. Raise NothingToExport."""
    if first := Batch.objects.filter(maker=by.public_id, form_key=form_key).first():
        return first
    ready = hold_orders(PaymentOrder.objects.ready(at).order_by("ordered_at", "pk")[:MOST])
    accounts = {home: one for home, one in active_accounts(ready, at=at).items() if _is_readable(one)}
    still = set(PaymentOrder.objects.ready(at).filter(pk__in=[one.pk for one in ready]).values_list("pk", flat=True))
    leaving = [one for one in ready if one.pk in still and one.household_id in accounts]
    if not leaving:
        raise NothingToExport
    total = sum(one.amount_cents for one in leaving)
    facts = {"made_by": by.actor.name, "maker": by.public_id, "form_key": form_key}
    batch = Batch.objects.create(made_at=at, count=len(leaving), total_cents=total, **facts)
    for one in leaving:
        one.batch, one.account = batch, accounts[one.household_id]
        one.beneficiary = one.account.holder
    PaymentOrder.objects.bulk_update(leaving, ("batch", "account", "beneficiary"), batch_size=200)
    told: dict[str, Fact] = {"count": len(leaving), "amount": words.euros(total)}
    write(history.BATCH_MADE, by=by.actor, at=at, account=by.public_id, facts=told)
    return batch


@transaction.atomic
def give(batch: Batch, *, by: Account, at: datetime) -> list[PaymentOrder]:
    """The orders whose account numbers leave now: those still to confirm, so that none is paid again.

    Each home reads that its own did, the other payers who took them. Raise NothingToExport.
    """
    still = batch.orders.filter(status=PaymentOrder.Status.ORDERED)
    given = list(still.select_related("household", "account").order_by("ordered_at", "pk"))
    if not given:
        raise NothingToExport
    total = words.euros(sum(one.amount_cents for one in given))
    _tell_the_others(total, count=len(given), by=by, at=at)
    write_many(_entries(given), by=by.actor, at=at)
    facts: dict[str, Fact] = {"count": len(given), "amount": total}
    write(history.BATCH_GIVEN, by=by.actor, at=at, account=by.public_id, facts=facts)
    return given


def note_read(household: Household, *, by: Account, at: datetime) -> None:
    """An agent opened an order: once an hour, its home reads it."""
    note(history.READ, by=by.actor, at=at, household=household.public_id)


def note_search(text: str, *, shown: int, by: Account, at: datetime) -> None:
    facts: dict[str, Fact] = {"text": text, "count": shown}
    write(history.SEARCHED, by=by.actor, at=at, account=by.public_id, facts=facts)


def _entries(given: Collection[PaymentOrder]) -> list[Entry]:
    """One line a home and account."""
    sums: dict[tuple[str, str], int] = {}
    for one in given:
        key = one.household.public_id, one.account.iban_end if one.account else ""
        sums[key] = sums.get(key, 0) + one.amount_cents
    return [
        Entry(history.ACCOUNT_GIVEN, household=home, facts={"end": end, "amount": words.euros(cents)})
        for (home, end), cents in sorted(sums.items())
    ]


def _tell_the_others(total: str, *, count: int, by: Account, at: datetime) -> None:
    """Four eyes: whoever sees to payments too; alone, the organisation's contact for security."""
    others = Account.objects.filter(role=Account.Role.AGENT, may_pay=True, closed_at=None, blocked_at=None)
    addresses = list(others.exclude(pk=by.pk).order_by("pk").values_list("email", flat=True))
    contact = current().security_email or current().support_email
    context = {"name": str(by), "count": str(count), "total": total, "at": at.isoformat()}
    for address in addresses or filter(None, [contact]):
        send("payments/mail/batch_given", to=address, context=context, at=at)


def _is_readable(details: BankDetails) -> bool:
    try:
        return bool(details.iban)
    except Unreadable:
        return False
