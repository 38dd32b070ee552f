"""Where to write to somebody: their account's address, else the one the register holds. Never one that was typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from xpassfam.accounts.models import Account
from xpassfam.outbox.actions import send
from xpassfam.people.models import Person


@dataclass(frozen=True)
class Mailbox:
    email: str
    first_name: str
    account_id: str

    @property
    def has_account(self) -> bool:
        return bool(self.account_id)


def mailbox_of(person: Person) -> Mailbox | None:
    """None where neither holds an address. One query."""
    account = Account.objects.filter(person=person, closed_at=None).first()
    if account:
        return Mailbox(account.email, account.first_name, account.public_id)
    return Mailbox(person.email, person.first_name, "") if person.email else None


def tell(person: Person, template: str, *, at: datetime, context: Mapping[str, Any]) -> bool:
    """Write to somebody, in the caller's transaction; False where there is no address to write to."""
    mailbox = mailbox_of(person)
    if mailbox is None:
        return False
    whole = {"first_name": mailbox.first_name, "has_account": mailbox.has_account, **context}
    send(template, to=mailbox.email, context=whole, at=at, account_id=mailbox.account_id)
    return True
