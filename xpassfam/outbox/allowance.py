"""How many SMS leave in a day: per number, per account, for the whole portal.

A stranger who has texts sent to numbers that pay them (SMS pumping) finds the portal's purse closed. Counted where
the message is written, in its transaction: exact across processes, and given back if the transaction is undone.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from xpassfam.organisation.models import Organisation
from xpassfam.outbox.models import SmsCount

PORTAL = "portal"


class Spent(Exception):
    """One of the three has had its texts of the day; the argument is its kind."""


def take(to: str, account_id: str, *, apart: str = "", organisation: Organisation, at: datetime) -> None:
    """Count one more SMS, or raise Spent and count nothing. `apart`, the number and the account have another day's
    worth; the portal has one."""
    limits = [(PORTAL, "", organisation.sms_per_day), ("number", _apart(to, apart), organisation.sms_per_number_a_day)]
    if account_id:
        limits.append(("account", _apart(account_id, apart), organisation.sms_per_account_a_day))
    with transaction.atomic():
        # The portal's first: who holds it lets nobody else come half-way.
        for kind, value, most in limits:
            if not is_free(kind, value, most=most, at=at):
                raise Spent(kind)


def _apart(value: str, apart: str) -> str:
    return f"{value}|{apart}" if apart else value


def is_free(kind: str, value: str, *, most: int, at: datetime) -> bool:
    """Count one under (kind, value) unless the day has had its number."""
    key, day = f"{kind}:{_digest(value)}", timezone.localdate(at)
    SmsCount.objects.bulk_create([SmsCount(key=key, on=day)], ignore_conflicts=True)
    return bool(SmsCount.objects.filter(key=key, on=day, count__lt=most).update(count=F("count") + 1))


def _digest(value: str) -> str:
    """Counters outlive messages by nothing, and still name nobody."""
    return salted_hmac("xpassfam.outbox.allowance", value, algorithm="sha256").hexdigest()[:40]
