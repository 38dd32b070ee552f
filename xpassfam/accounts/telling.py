"""What happens to an account is told twice: to the history, and by mail to its owner."""

from collections.abc import Mapping
from datetime import datetime

from xpassfam.accounts.models import Account
from xpassfam.journal.actions import Actor, Fact, write
from xpassfam.journal.kinds import Kind
from xpassfam.outbox.actions import send


def record(
    account: Account,
    kind: Kind,
    *,
    by: Actor | None = None,
    at: datetime,
    device: str = "",
    facts: Mapping[str, Fact] | None = None,
) -> None:
    """One line of the history, in the caller's transaction; by the owner where `by` names nobody else."""
    write(
        kind,
        by=by or account.actor,
        at=at,
        account=account.public_id,
        person=account.person.public_id if account.person else "",
        device=device,
        facts=dict(facts or {}),
    )


def mail(account: Account, template: str, *, at: datetime, **context: str) -> None:
    """A mail to the owner, called by their first name."""
    send(
        template,
        to=account.email,
        context={"first_name": account.first_name, **context},
        at=at,
        account_id=account.public_id,
    )
