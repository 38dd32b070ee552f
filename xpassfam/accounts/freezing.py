"""Nothing grave changes for a while after what somebody else may have done: bank details, address, phone, second step,
accesses, the account's end.

Whoever took a mailbox over begins with a new password; three days leave its owner time to notice, and to call.
Source: what family allowances do since their frauds of 2024 (72 hours); OWASP ASVS 5.0, 6.4.3, 7.4.3.
"""

from datetime import datetime, timedelta

from django.db import transaction

from xpassfam.accounts import history
from xpassfam.accounts.models import Account, Freeze
from xpassfam.accounts.telling import record
from xpassfam.journal.actions import Actor

USUAL = timedelta(hours=72)


def freeze(
    account: Account, *, reason: str, at: datetime, until: datetime | None = None, by: Actor | None = None
) -> Freeze:
    """Let nothing grave of the account change until then, 72 hours unless said; `reason` is a `Freeze.Reason`."""
    end = until or at + USUAL
    with transaction.atomic():
        made = Freeze.objects.create(account=account, reason=Freeze.Reason(reason), since=at, until=end)
        facts = {"until": history.instant(end), "reason": str(made.get_reason_display())}
        kind = history.FROZEN_DISCREET if made.reason == Freeze.Reason.DISCREET else history.FROZEN
        record(account, kind, by=by, at=at, facts=facts)
    return made


def freezes_of(account: Account, *, at: datetime) -> list[Freeze]:
    """Those in force, the last to end first. One query."""
    return list(Freeze.objects.in_force(at).filter(account=account).order_by("-until"))


def frozen_until(account: Account, at: datetime) -> datetime | None:
    """When what is grave may change again; None: now. One query."""
    found = freezes_of(account, at=at)
    return found[0].until if found else None


def lift(account: Account, *, by: Actor, at: datetime) -> bool:
    """Whoever proved who they are, or an agent's decision, ends it before its time; False where there was none."""
    with transaction.atomic():
        lifted = Freeze.objects.in_force(at).filter(account=account).update(lifted_at=at)
        if lifted:
            record(account, history.UNFROZEN, by=by, at=at)
    return bool(lifted)
