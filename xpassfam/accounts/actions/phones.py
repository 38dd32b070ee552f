"""The telephone of an account: nothing is sent to a number, codes least of all, before its owner proved to hold it.

Source: OWASP ASVS 5.0, 6.6.1, 6.6.2.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from xpassfam.accounts import history, throttle, tokens
from xpassfam.accounts.models import Account, ContactChoices, PhoneChange
from xpassfam.accounts.telling import alert, record
from xpassfam.outbox.actions import send_sms
from xpassfam.rules import masking

GOOD_FOR = timedelta(minutes=10)
MOST_TRIES = 5
AGAIN_AFTER = timedelta(seconds=60)


class TooManyCodes(Exception):
    """No other code leaves before `until`."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__(until)


class NoSms(Exception):
    """No SMS goes to this number, or the day's are spent."""


class WrongCode(Exception):
    """Not the code; `remaining` tries. None left, or the code is over: another is needed."""

    def __init__(self, remaining: int) -> None:
        self.remaining = remaining
        super().__init__(remaining)


def waiting(account: Account, *, at: datetime) -> PhoneChange | None:
    """The number whose code is awaited."""
    rows = PhoneChange.objects.filter(account=account, used_at=None, superseded_at=None, expires_at__gt=at)
    return rows.order_by("-pk").first()


def ask(account: Account, number: str, *, at: datetime) -> PhoneChange:
    """Send six digits to the number, unless some left for it within the minute: then those.

    Raise TooManyCodes past six an hour, or NoSms.
    """
    with transaction.atomic():
        # First: it holds the counter's row, so that of parallel repeats one goes on and the others see its code.
        reserved = throttle.reserve(throttle.PHONE_CODES_SENT, account.public_id, at=at)
        recent = waiting(account, at=at)
        if recent and recent.number == number and at < recent.sent_at + AGAIN_AFTER:
            throttle.refund(reserved)
            return recent
        if not reserved.allowed:
            raise TooManyCodes(reserved.free_at)
        code = tokens.new_code()
        PhoneChange.objects.filter(account=account, used_at=None, superseded_at=None).update(superseded_at=at)
        asked = PhoneChange.objects.create(
            account=account,
            number=number,
            digest=_digest(account, number, code),
            sent_at=at,
            expires_at=at + GOOD_FOR,
        )
        context = {"code": code, "host": settings.BASE_URL.partition("://")[2].partition(":")[0]}
        sent = send_sms(
            "accounts/sms/phone_code",
            to=number,
            context=context,
            at=at,
            account_id=account.public_id,
            until=asked.expires_at,
        )
        if not sent:
            raise NoSms
    return asked


def verify(account: Account, typed: str, *, device: str, at: datetime) -> None:
    """Spend a try, then compare; the right digits make the number the account's. Raise WrongCode."""
    asked = waiting(account, at=at)
    live = PhoneChange.objects.filter(used_at=None, superseded_at=None, expires_at__gt=at)
    if asked is None or not live.filter(pk=asked.pk, tries__lt=MOST_TRIES).update(tries=F("tries") + 1):
        raise WrongCode(0)
    if not tokens.matches(asked.digest, _digest(account, asked.number, typed)):
        raise WrongCode(MOST_TRIES - asked.tries - 1)
    with transaction.atomic():
        if not live.filter(pk=asked.pk).update(used_at=at):
            raise WrongCode(0)
        _set(account, asked.number, device=device, at=at)


def remove(account: Account, *, device: str, at: datetime) -> None:
    """No number any more: codes by SMS end with it."""
    with transaction.atomic():
        _set(account, "", device=device, at=at)


def _set(account: Account, number: str, *, device: str, at: datetime) -> None:
    former = account.verified_phone
    account.phone, account.phone_verified_at = number, at if number else None
    account.second_step_sms = account.second_step_sms and bool(number)
    account.save(update_fields=["phone", "phone_verified_at", "second_step_sms"])
    PhoneChange.objects.filter(account=account, used_at=None, superseded_at=None).update(superseded_at=at)
    # Whether another reads a number is said of that number.
    ContactChoices.objects.filter(account=account).update(phone_is_shared=False)
    alert(
        account,
        "phone_changed",
        about=history.PHONE_CHANGED,
        at=at,
        former_phone=former,
        number=number[-2:],
        changed_at=at.isoformat(),
        device=device,
    )
    record(
        account,
        history.PHONE_CHANGED,
        at=at,
        device=device,
        facts={"before": _told(former), "after": _told(number)},
    )


def _told(number: str) -> str:
    return masking.phone(number) if number else _("aucun")


def _digest(account: Account, number: str, code: str) -> str:
    return tokens.keyed("phone", f"{account.public_id}:{number}:{code}")
