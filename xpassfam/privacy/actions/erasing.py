"""A family that left the register long ago: everything goes, files first, then its persons, then the words of its
history. What accounting keeps stays, under a home without name nor address.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from xpassfam.accounts.actions import closing
from xpassfam.accounts.models import Account
from xpassfam.certificates import for_privacy as certificates
from xpassfam.documents import for_privacy as documents
from xpassfam.entitlements import for_privacy as entitlements
from xpassfam.filings import for_privacy as filings
from xpassfam.household.models import Change, Confirmation
from xpassfam.journal import for_privacy as journal
from xpassfam.journal.actions import Actor, write
from xpassfam.journal.models import Line
from xpassfam.outbox import for_privacy as outbox
from xpassfam.payments import for_privacy as payments
from xpassfam.payments.models import BankDetails, PaymentOrder
from xpassfam.people.models import (
    Access,
    Activity,
    Correction,
    Household,
    Income,
    Invitation,
    Person,
    Residence,
    Separation,
)
from xpassfam.privacy import history
from xpassfam.privacy.actions import exporting
from xpassfam.support import for_privacy as support

BLANK = "—"
SYSTEM = Actor(kind="system")
# In the order of what refers to what.
WITH_FILES = (filings, certificates, documents, payments, entitlements)


def erase(home: Household, *, at: datetime) -> bool:
    """Stopped half-way, the next night goes on: the home is blank last."""
    for source in WITH_FILES:
        source.erase([home.pk])
    with transaction.atomic():
        held = Household.objects.select_for_update(of=("self",)).get(pk=home.pk)
        gone = list(_only_here(held))
        addresses = [one.email for one in gone if one.email]
        accounts = list(Account.objects.filter(person__in=gone))
        scopes = _chains(held, gone, accounts)
        known = addresses + [one.email for one in accounts]
        phones = [one.phone for one in gone] + [one.phone for one in accounts]
        support.erase([one.pk for one in gone], known)
        outbox.erase([one.public_id for one in accounts], known + phones)
        for account in accounts:
            exporting.forget_all(account)
            closing.wipe(account)
        _of_home(held, gone)
        for person in gone:
            person.delete()
        _home(held)
    journal.erase(scopes, at=at)
    with transaction.atomic():
        write(history.FILE_ERASED, by=SYSTEM, at=at)
    return True


def empty() -> "QuerySet[Household]":
    """Rows without a name, under which accounting keeps nothing any more."""
    paid = PaymentOrder.objects.filter(household=OuterRef("pk"))
    accounts = BankDetails.objects.filter(household=OuterRef("pk"))
    return Household.objects.filter(~Exists(paid), ~Exists(accounts), name=BLANK)


def _only_here(home: Household) -> "QuerySet[Person]":
    """Whom the register closed, and who has no other home: a child of two stays with the other."""
    elsewhere = {"person": OuterRef("pk")}
    lives = Residence.objects.filter(**elsewhere).exclude(household=home)
    acts = Access.objects.filter(**elsewhere).exclude(household=home)
    here = Q(residences__household=home) | Q(accesses__household=home)
    rows = Person.objects.filter(here, ~Exists(lives), ~Exists(acts), closed_on__isnull=False)
    return rows.exclude(account__role__in=["agent", "administrator"]).distinct()


def _chains(home: Household, gone: Sequence[Person], accounts: Sequence[Account]) -> list[str]:
    """That of the home, and those of accounts, closed ones too."""
    ids = [one.public_id for one in gone]
    own = Line.objects.filter(person__in=ids, scope__startswith="account:").values_list("scope", flat=True)
    named = {f"account:{one.public_id}" for one in accounts} | set(own.distinct())
    return [f"household:{home.public_id}", *sorted(named)]


def _of_home(home: Household, gone: Sequence[Person]) -> None:
    Change.objects.filter(Q(household=home) | Q(person__in=gone) | Q(asked_by__in=gone)).delete()
    confirmed = Q(household=home) | Q(person__in=gone) | Q(confirmed_by__in=gone)
    Confirmation.objects.filter(confirmed).delete()
    Correction.objects.filter(Q(household=home) | Q(person__in=gone)).delete()
    invited = Q(household=home) | Q(person__in=gone) | Q(invited_by__in=gone)
    Invitation.objects.filter(invited).delete()
    Separation.objects.filter(household=home).delete()
    Income.objects.filter(household=home).delete()
    Activity.objects.filter(person__in=gone).delete()
    Residence.objects.filter(household=home).delete()
    Access.objects.filter(household=home).delete()


def _home(home: Household) -> None:
    """Its row stays only under what accounting keeps."""
    paid = PaymentOrder.objects.filter(household=home)
    accounts = BankDetails.objects.filter(household=home)
    if not (paid.exists() or accounts.exists()):
        home.delete()
        return
    home.name, home.file_number = BLANK, f"X{home.pk}"
    home.address, home.postcode, home.town, home.closed_reason = "", "", "", ""
    home.save()
