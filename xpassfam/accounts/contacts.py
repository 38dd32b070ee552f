"""Where to write to somebody: their account's address, else the one the register holds.

Never one that another typed, but for the invitation that it was typed for. Whoever has an account chose how (see
`reaching`): by e-mail, by an SMS that says no more than where to look, or not at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from xpassfam.accounts.models import Account
from xpassfam.accounts.models.channels import Subject
from xpassfam.accounts.reaching import ways_of
from xpassfam.outbox import allowance
from xpassfam.outbox.actions import send, send_sms
from xpassfam.people.models import Invitation, Person


@dataclass(frozen=True)
class Mailbox:
    """`account` is None for somebody who has none."""

    email: str
    first_name: str
    account: Account | None = None

    @property
    def has_account(self) -> bool:
        return self.account is not None

    @property
    def account_id(self) -> str:
        return self.account.public_id if self.account else ""


def mailbox_of(person: Person) -> Mailbox | None:
    """None where neither holds an address. One query."""
    account = Account.objects.select_related("person").filter(person=person, closed_at=None).first()
    if account:
        return Mailbox(account.email, account.first_name, account)
    return Mailbox(person.email, person.first_name) if person.email else None


def mailbox_invited(invitation: Invitation) -> Mailbox | None:
    """Where an invitation goes, of a known person. One query."""
    if (person := invitation.person) is None:
        return None
    known = mailbox_of(person)
    if known or not invitation.typed_email or person.register_key:
        return known
    return Mailbox(invitation.typed_email, person.first_name)


def tell(
    person: Person, template: str, *, at: datetime, context: Mapping[str, Any], subject: Subject | None = None
) -> bool:
    """Write to somebody, in the caller's transaction; False where there is no address to write to."""
    return write_to(mailbox_of(person), template, at=at, context=context, subject=subject)


def write_to(
    mailbox: Mailbox | None, template: str, *, at: datetime, context: Mapping[str, Any], subject: Subject | None = None
) -> bool:
    """The same, where the address is known already."""
    if mailbox is None:
        return False
    whole = {"first_name": mailbox.first_name, "has_account": mailbox.has_account, **context}
    post(mailbox, template, at=at, context=whole, subject=subject)
    return True


def post(
    mailbox: Mailbox, template: str, *, at: datetime, context: Mapping[str, Any], subject: Subject | None = None
) -> None:
    """What is written, as it is, by the ways that this person takes for the subject; no subject: by e-mail."""
    account = mailbox.account
    if account is None:
        send(template, to=mailbox.email, context=dict(context), at=at)
        return
    ways = ways_of(account, at=at)
    if ways.takes_by_email(subject):
        whole = {**context, **_discreetly(ways.is_discreet)}
        send(template, to=ways.email, context=whole, at=at, account_id=account.public_id)
    if subject and ways.takes_by_sms(subject):
        _text(account, ways.phone, subject, is_discreet=ways.is_discreet, at=at)


def _discreetly(is_discreet: bool) -> dict[str, bool]:
    """The outbox gives such a mail a subject that says nothing."""
    return {"is_discreet": True} if is_discreet else {}


def _text(account: Account, phone: str, subject: Subject, *, is_discreet: bool, at: datetime) -> None:
    """« Du nouveau »: nothing that a lock screen should not show. Once a day for a subject, whatever happens."""
    if allowance.is_free("news", f"{account.public_id}:{subject.value}", most=1, at=at):
        context = {"subject": subject.value, **_discreetly(is_discreet)}
        send_sms("accounts/sms/news", to=phone, context=context, at=at, account_id=account.public_id)
