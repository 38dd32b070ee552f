"""The organisation asks a list of people for a new password: theirs may be known, from a leak elsewhere for instance.

At once, their passwords open nothing and everything they opened is closed; the mails that say so leave afterwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from xpassfam.accounts import history
from xpassfam.accounts.actions import passwords
from xpassfam.accounts.actions.signing_out import end_what_waits
from xpassfam.accounts.models import Account, KnownDevice, PasswordReset, Session, UnlockPass
from xpassfam.accounts.reaching import ways_of
from xpassfam.jobs import job
from xpassfam.journal.actions import Actor, Entry, write, write_many
from xpassfam.rules.identifiers import identify


@dataclass(frozen=True)
class Found:
    """The open accounts that the lines of a list name, in its order, each once; and the lines that name none."""

    accounts: Sequence[Account]
    unknown: Sequence[str]


def find(lines: Sequence[str]) -> Found:
    """By address or member number. Two queries."""
    meant = {line: identify(line) for line in lines}
    known: dict[tuple[str, str], Account] = {}
    for kind, column in (("email", "email"), ("member_number", "person__member_number")):
        values = [one.value for one in meant.values() if one.kind == kind]
        opened = Account.objects.select_related("person").filter(closed_at=None, **{f"{column}__in": values})
        for account in opened:
            number = account.person.member_number if account.person else ""
            known[kind, str(account.email if kind == "email" else number)] = account
    found = {line: known.get((one.kind, one.value)) for line, one in meant.items()}
    accounts = {account.pk: account for account in found.values() if account}
    return Found(list(accounts.values()), [line for line, account in found.items() if account is None])


def ask_anew(accounts: Sequence[Account], *, why: str, by: Actor, at: datetime) -> int:
    """Close and ask; return of how many. Whoever asks is not among them: they would stand outside at once."""
    asked = [one for one in accounts if one.public_id != by.public_id]
    with transaction.atomic():
        Account.objects.filter(pk__in=[one.pk for one in asked]).update(password_due_at=at)
        Session.objects.filter(account__in=asked).delete()
        UnlockPass.objects.filter(account__in=asked, used_at=None, superseded_at=None).update(superseded_at=at)
        end_what_waits(*asked, at=at)
        # A device stays known, so that its owner is not slowed down by those who guess; no longer trusted.
        KnownDevice.objects.filter(account__in=asked).update(trusted_until=None)
        tell.enqueue([one.pk for one in asked], why, at.isoformat())
        write_many((_line(one, why) for one in asked), by=by, at=at)
        write(history.PASSWORDS_DUE, by=by, at=at, facts={"n": len(asked), "why": why})
    return len(asked)


@job()
def tell(accounts: list[int], why: str, asked_at: str) -> None:
    """A link to each who has not chosen since, nor asked for one; once, where nobody else reads it."""
    due_at = datetime.fromisoformat(asked_at)
    for account in Account.objects.filter(pk__in=accounts, password_due_at=due_at, closed_at=None):
        with transaction.atomic():
            has_link = PasswordReset.objects.filter(account=account, created_at__gte=due_at).exists()
            now = timezone.now()
            to = ways_of(account, at=now).email
            if to and account.password_is_due and not has_link:
                passwords.send_link(account, "accounts/mail/password_due", to=to, at=now, why=why)


def _line(account: Account, why: str) -> Entry:
    person = account.person.public_id if account.person else ""
    return Entry(history.PASSWORD_DUE, account=account.public_id, person=person, facts={"why": why})
