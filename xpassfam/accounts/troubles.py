"""Each try that did not get in leaves its cause, whoever it was for: one statement, the same for known and unknown."""

from datetime import datetime

from django.db import connection
from django.utils import timezone

from xpassfam.accounts import tokens
from xpassfam.accounts.models import Account, SignInTrouble
from xpassfam.accounts.outcomes import Blocked, NotActivated, Outcome, PasswordDue, Paused, UnderMaintenance, Wrong
from xpassfam.rules.identifiers import Identifier

Cause = SignInTrouble.Cause
_TABLE = SignInTrouble._meta.db_table
_NOTE = f"""
INSERT INTO {_TABLE} AS t (who, account, cause, day, tries, first_at, last_at, device)
VALUES (%s, %s, %s, %s, 1, %s, %s, %s)
ON CONFLICT (who, cause, day) DO UPDATE SET
    tries = t.tries + 1, last_at = excluded.last_at, device = excluded.device, account = excluded.account
"""  # noqa: S608


def note(
    outcome: Outcome, meant: Identifier, account: Account | None, *, password: str, device: str, at: datetime
) -> None:
    """Count what stood in the way; nothing where they got in, or are asked for their second step."""
    cause = _cause_of(outcome, password)
    if cause is None:
        return
    # The same identifier whoever has it: an account by its own, so that e-mail and number are one person.
    who = tokens.keyed("trouble", account.public_id if account else f"{meant.kind}:{meant.value}")
    moment = connection.ops.adapt_datetimefield_value(at)
    day = connection.ops.adapt_datefield_value(timezone.localdate(at))
    values = [who, account.public_id if account else "", cause.value, day, moment, moment, device[:80]]
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, values)


def _cause_of(outcome: Outcome, password: str) -> "SignInTrouble.Cause | None":
    match outcome:
        case Wrong():
            return Cause.CAPITALS if password.isupper() else Cause.WRONG
        case Paused(for_all=for_all):
            return Cause.PAUSED_FOR_ALL if for_all else Cause.PAUSED
        case NotActivated():
            return Cause.NOT_ACTIVATED
        case Blocked():
            return Cause.BLOCKED
        case PasswordDue():
            return Cause.PASSWORD_DUE
        case UnderMaintenance():
            return Cause.MAINTENANCE
        case _:
            return None
