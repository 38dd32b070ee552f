"""Mails that did not arrive, by mail server, and the other ways of those whom they were for."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from xpassfam.accounts.models import Account
from xpassfam.accounts.reaching import ways_of
from xpassfam.outbox.models import Message
from xpassfam.rules.identifiers import normalise_email

MOST_READ = 2000
MOST_DOMAINS = 20


@dataclass(frozen=True)
class Undelivered:
    """A mail server, how many addresses there failed, and the accounts that they were for."""

    domain: str
    persons: int
    names: tuple[Account, ...] = ()


@dataclass(frozen=True)
class OtherWays:
    """Where else somebody is reached; both empty where nothing is known."""

    emails: tuple[str, ...]
    phone: str
    is_discreet: bool


def by_domain(since: date) -> tuple[Undelivered, ...]:
    """Two queries."""
    lost = Message.objects.filter(
        state=Message.State.FAILED, channel=Message.Channel.EMAIL, created_at__date__gte=since
    )
    found = list(dict.fromkeys(lost.order_by("-created_at").values_list("to", "account")[:MOST_READ]))
    accounts = Account.objects.select_related("person").filter(
        public_id__in={account for _to, account in found}, closed_at=None
    )
    named = {one.public_id: one for one in accounts}
    names: dict[str, dict[int, Account]] = defaultdict(dict)
    for to, public_id in found:
        if account := named.get(public_id):
            names[_domain(to)][account.pk] = account
    counted = Counter(_domain(to) for to in {to for to, _account in found})
    return tuple(
        Undelivered(domain, persons, tuple(names[domain].values()))
        for domain, persons in counted.most_common(MOST_DOMAINS)
    )


def other_ways(account: Account, *, since: date, at: datetime) -> OtherWays:
    """Their verified telephone, the register's address, and the account's own, unless it is what does not exist.

    Discreet mode holds: the register's address may be the home's. Two queries, four in discreet mode.
    """
    refused = Message.objects.filter(
        account=account.public_id, failure=Message.Failure.ADDRESS, created_at__date__gte=since
    )
    dead, ways = set(refused.values_list("to", flat=True)), ways_of(account, at=at)
    emails = [ways.email]
    if not ways.is_discreet and account.person and account.person.email:
        emails.append(normalise_email(account.person.email))
    return OtherWays(
        tuple(one for one in dict.fromkeys(emails) if one and one not in dead), ways.phone, ways.is_discreet
    )


def _domain(email: str) -> str:
    return email.rpartition("@")[2]
