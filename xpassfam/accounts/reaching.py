"""Which of somebody's channels may carry something: their own, of those they chose, and in discreet mode unshared.

Discreet mode is for those who live with whoever watches them. A channel is shared where they say so, or where another
adult of their home uses the same one. It then carries nothing, a new password least of all.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from xpassfam.accounts.models import Account, ContactChoices
from xpassfam.accounts.models.channels import ALWAYS_BY_EMAIL, Subject
from xpassfam.people.models import Residence
from xpassfam.rules.ages import is_adult_on
from xpassfam.rules.identifiers import normalise_email


@dataclass(frozen=True)
class Ways:
    """`email` and `phone` are empty where nothing may go there."""

    email: str
    phone: str
    is_discreet: bool = False
    without_email: frozenset[str] = frozenset()
    by_sms: frozenset[str] = frozenset()

    def takes_by_email(self, subject: Subject | None) -> bool:
        may_be_off = subject is not None and subject not in ALWAYS_BY_EMAIL
        return bool(self.email) and not (may_be_off and subject in self.without_email)

    def takes_by_sms(self, subject: Subject | None) -> bool:
        return bool(self.phone) and subject in self.by_sms


@dataclass(frozen=True)
class Shared:
    """Who else reads, as far as the register and the accounts of a home tell."""

    email: bool = False
    phone: bool = False


def ways_of(account: Account, *, at: datetime) -> Ways:
    """One query; three in discreet mode."""
    choices = ContactChoices.objects.filter(account=account).first()
    if choices is None:
        return Ways(account.email, account.verified_phone)
    email, phone = account.email, account.verified_phone
    if choices.is_discreet:
        found = found_shared(account, at=at)
        email = "" if choices.email_is_shared or found.email else email
        phone = "" if choices.phone_is_shared or found.phone else phone
    return Ways(
        email,
        phone,
        is_discreet=choices.is_discreet,
        without_email=frozenset(choices.without_email),
        by_sms=frozenset(choices.by_sms),
    )


def found_shared(account: Account, *, at: datetime) -> Shared:
    """Whether another adult of the home has the same address or number. Two queries at most."""
    if account.person is None:
        return Shared()
    day = timezone.localdate(at)
    open_stays = Residence.objects.open_on(day)
    homes = list(open_stays.filter(person=account.person).values_list("household", flat=True))
    stays = open_stays.filter(household__in=homes).exclude(person=account.person)
    others = stays.values_list("person__birth_date", "person__email", "person__phone", "person__account__phone")
    adults = [row for row in others if is_adult_on(day, born=row[0])]
    return Shared(
        email=any(row[1] and normalise_email(row[1]) == account.email for row in adults),
        phone=bool(account.verified_phone) and any(account.verified_phone in row[2:] for row in adults),
    )
