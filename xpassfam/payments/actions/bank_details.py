"""The account of a household changes: three days later, and not without its adults being told."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from xpassfam.accounts.history import instant
from xpassfam.journal.actions import Actor, Fact, write
from xpassfam.payments import history
from xpassfam.payments.models import BankDetails
from xpassfam.payments.telling import tell_adults
from xpassfam.people.actions.holding import hold
from xpassfam.people.models import Household
from xpassfam.rules.iban import Fault, fault_of, normalise_iban

# Time to read the message and to stop a change that somebody else made.
WAIT = timedelta(hours=72)


class BadAccount(Exception):
    """Not an account that can be paid: `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.value)


class TooLate(Exception):
    """The account is in use already, or ended: changing it again is the way."""


@transaction.atomic
def change_bank_details(household: Household, *, holder: str, iban: str, by: Actor, at: datetime) -> BankDetails:
    """The account to pay from 72 hours on, in place of any other that was coming; what is paid now is until then.

    The account that is active or coming already is left as it is. Whether the family must wait before it may ask is
    `safety`'s to say. Raise BadAccount.
    """
    number = normalise_iban(iban)
    if fault := fault_of(number):
        raise BadAccount(fault)
    holder = " ".join(holder.split())
    hold(household.pk)
    last = household.bank_details.filter(ended_at=None).first()
    if last and last.is_account(holder=holder, iban=number):
        return last
    at = _after(last, at)
    active = household.bank_details.active(at).first()
    details = BankDetails(
        household=household,
        holder=holder,
        changed_at=at,
        changed_by=by.name,
        active_from=at + WAIT,
        replaces=active,
    )
    details.lock(number)
    household.bank_details.coming(at).update(ended_at=at)
    household.bank_details.active(at).update(ended_at=details.active_from)
    details.save(force_insert=True)
    context = {"changed_at": at.isoformat(), "active_from": details.active_from.isoformat()}
    tell_adults(household, "payments/mail/bank_details_changed", at=at, context=context)
    write(
        history.BANK_DETAILS_CHANGED,
        by=by,
        at=at,
        household=household.public_id,
        facts={
            "holder": holder,
            "day": instant(details.active_from),
            "before": _named(active),
            "after": _named(details),
        },
    )
    return details


@transaction.atomic
def stop_change(details: BankDetails, *, by: Actor, at: datetime) -> BankDetails:
    """« Ce n’est pas moi »: a coming account never comes; the one it was to replace goes on. Raise TooLate."""
    household = hold(details.household_id)
    coming = household.bank_details.coming(at).filter(pk=details.pk).first()
    if coming is None:
        raise TooLate
    at = _after(coming, at)
    coming.ended_at = at
    coming.save(update_fields=["ended_at"])
    if coming.replaces_id:
        household.bank_details.filter(pk=coming.replaces_id).update(ended_at=None)
    context = {"stopped_at": at.isoformat()}
    tell_adults(household, "payments/mail/bank_details_stopped", at=at, context=context)
    facts: dict[str, Fact] = {"end": coming.iban_end}
    write(history.BANK_DETAILS_STOPPED, by=by, at=at, household=household.public_id, facts=facts)
    return coming


def _after(last: BankDetails | None, at: datetime) -> datetime:
    """Who waited for the household to be free comes after whoever held it, whatever their clocks said before."""
    return max(at, last.changed_at) if last else at


def _named(details: BankDetails | None) -> str:
    if details is None:
        return _("aucun compte")
    return _("compte qui se termine par {end}").format(end=details.iban_end)
