"""The rooms that hold something of a person, in the order in which people read it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from xpassfam.accounts import for_privacy as accounts
from xpassfam.accounts.models import Account
from xpassfam.certificates import for_privacy as certificates
from xpassfam.documents import for_privacy as documents
from xpassfam.entitlements import for_privacy as entitlements
from xpassfam.filings import for_privacy as filings
from xpassfam.household import for_privacy as household
from xpassfam.journal import for_privacy as journal
from xpassfam.organisation.models import current
from xpassfam.organisation.texts import legal_basis
from xpassfam.outbox import for_privacy as outbox
from xpassfam.payments import for_privacy as payments
from xpassfam.people.access import ActingAccess, for_account, own_only
from xpassfam.support import for_privacy as support
from xpassfam.ui.own_data import Category, Held, Part

SOURCES = (
    accounts, household, filings, documents, payments, entitlements, certificates, support, journal, outbox,
)  # fmt: skip


def accesses_of(account: Account, *, at: datetime) -> Sequence[ActingAccess]:
    """Every home they act for, each as they may read it; who acts for none reads what is their own."""
    assert account.person  # noqa: S101
    today = timezone.localdate(at)
    return for_account(account, on=today) or (own_only(account.person, on=today),)


def categories() -> list[Category]:
    """With the basis of each: the organisation's own where the room says none."""
    basis = legal_basis(current())
    return [
        replace(one, basis=one.basis or basis[:1].upper() + basis[1:])
        for source in SOURCES
        for one in source.categories()
    ]


def held(account: Account, accesses: Sequence[ActingAccess]) -> list[Held]:
    whole = {one.code: one for one in categories()}
    found = [one for source in SOURCES for one in source.held(account.public_id, accesses)]
    return [replace(one, category=whole[one.category.code]) for one in found]


def parts(account: Account, accesses: Sequence[ActingAccess]) -> list[Part]:
    return [part for source in SOURCES for part in source.parts(account.public_id, accesses)]


def is_running(person_id: int, homes: Sequence[int]) -> bool:
    """Whether something is under way for which they will want their account: see R-RGPD-06."""
    return any(source.running(person_id, homes) for source in (filings, payments, entitlements))
