"""« Ce n’est pas moi »: somebody doesn't recognise what the history says they did."""

from datetime import datetime

from django.db import transaction

from xpassfam.accounts import history
from xpassfam.accounts.actions.signing_out import sign_out_elsewhere
from xpassfam.accounts.models import Account
from xpassfam.accounts.telling import record
from xpassfam.journal.models import Line
from xpassfam.organisation.models import current
from xpassfam.outbox.actions import send


def contest(account: Account, line: Line, *, keep: str | None, at: datetime) -> None:
    """Record it, end and forget every other device, and tell the organisation, which finds the rest in the history."""
    support = current().support_email
    with transaction.atomic():
        sign_out_elsewhere(account, session_key=keep, at=at)
        if support:
            send(
                "accounts/mail/contested",
                to=support,
                context={"account": account.public_id, "line_at": line.at.isoformat(), "at": at.isoformat()},
                at=at,
            )
        facts = {"line": line.hash, "line_at": f"{line.at:%d/%m/%Y %H:%M} UTC"}
        record(account, history.SIGN_IN_CONTESTED, at=at, facts=facts)
