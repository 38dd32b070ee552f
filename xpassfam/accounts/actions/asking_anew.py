"""The organisation asks a list of people for a new password: theirs may be known, from a leak elsewhere for instance.

At once, their passwords open nothing and everything they opened is closed; the mails that say so leave afterwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from xpassfam.accounts import history, tokens
from xpassfam.accounts.actions import passwords
from xpassfam.accounts.models import Account, KnownDevice, PasswordReset, PendingSignIn, Session, UnlockPass
from xpassfam.accounts.reaching import ways_of
from xpassfam.accounts.telling import record
from xpassfam.jobs import job
from xpassfam.journal.actions import Actor, write
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
    """Close and ask; return to how many. Whoever asks is not among them: they would stand outside at once."""
    with transaction.atomic():
        open_ones = Account.objects.filter(pk__in=[one.pk for one in accounts], closed_at=None)
        asked = open_ones.exclude(public_id=by.public_id)
        theirs = list(asked.values_list("pk", flat=True))
        asked.update(password_due_at=at)
        Session.objects.filter(account__in=theirs).delete()
        PendingSignIn.objects.filter(account__in=theirs, used_at=None).delete()
        UnlockPass.objects.filter(account__in=theirs, used_at=None, superseded_at=None).update(superseded_at=at)
        PasswordReset.objects.filter(account__in=theirs, used_at=None, superseded_at=None).update(superseded_at=at)
        # A device stays known, so that its owner is not slowed down by those who guess; no longer trusted.
        KnownDevice.objects.filter(account__in=theirs).update(trusted_until=None)
        if theirs:
            tell.enqueue(theirs, why, at.isoformat(), by.kind, by.public_id, by.name)
            write(history.PASSWORDS_DUE, by=by, at=at, facts={"n": len(theirs), "why": why})
    return len(theirs)


@job()
def tell(accounts: list[int], why: str, asked: str, by_kind: str, by_id: str, by_name: str) -> None:
    """A link to each who has not chosen since, once, where nobody else reads it; and a line in their history."""
    by, due_at = Actor(kind=by_kind, public_id=by_id, name=by_name), datetime.fromisoformat(asked)
    for account in Account.objects.select_related("person").filter(pk__in=accounts, password_due_at=due_at):
        with transaction.atomic():
            known = tokens.keyed("reset", f"account:{account.public_id}")
            if PasswordReset.objects.filter(identifier_digest=known, created_at__gte=due_at).exists():
                continue
            now = timezone.now()
            if to := ways_of(account, at=now).email:
                passwords.send_link(account, "accounts/mail/password_due", to=to, at=now, why=why)
            record(account, history.PASSWORD_DUE, by=by, at=now, facts={"why": why})
