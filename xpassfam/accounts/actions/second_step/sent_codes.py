"""Six digits by e-mail or SMS: ten minutes, five tries, once.

Source: OWASP ASVS 5.0, 6.5.1, 6.5.5, 6.6.2, 6.6.3.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from xpassfam.accounts import throttle, tokens
from xpassfam.accounts.models import PendingSignIn, SentCode
from xpassfam.accounts.telling import answer
from xpassfam.outbox.actions import send_sms
from xpassfam.rules.second_step import Method

GOOD_FOR = timedelta(minutes=10)
MOST_TRIES = 5
AGAIN_AFTER = timedelta(seconds=60)
BY_CODE = (Method.SMS, Method.EMAIL)


class TooManyCodes(Exception):
    """No other code leaves before `until`."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__(until)


def last(pending: PendingSignIn, method: Method) -> SentCode | None:
    return SentCode.objects.filter(pending=pending, method=method.value).order_by("-sent_at", "-pk").first()


def tries_left(sent: SentCode) -> int:
    return max(0, MOST_TRIES - sent.tries)


def send(pending: PendingSignIn, method: Method, *, is_known: bool, at: datetime) -> SentCode:
    """Send a code, unless one left within the minute: then that one. Raise TooManyCodes.

    `is_known`: it is asked on a device that the account was used on.
    """
    account = pending.account
    # Whoever has the password alone can't spend those of the devices that the account was used on. All of these share
    # one count: with one for each, every browser that its owner signs in on would bring more of the portal's SMS.
    apart = "known" if is_known else ""
    counted = f"{account.public_id}|{apart}" if apart else account.public_id
    with transaction.atomic():
        # First: it holds the counter's row, so that of parallel repeats one goes on and the others see its code.
        reserved = throttle.reserve(throttle.STEP_CODES_SENT, counted, at=at)
        recent = last(pending, method)
        if recent and at < recent.sent_at + AGAIN_AFTER:
            throttle.refund(reserved)
            return recent
        if not reserved.allowed:
            raise TooManyCodes(reserved.free_at)
        code = tokens.new_code()
        SentCode.objects.filter(pending=pending, used_at=None, superseded_at=None).update(superseded_at=at)
        sent = SentCode.objects.create(
            pending=pending,
            method=method.value,
            digest=_digest(pending, method, code),
            sent_at=at,
            expires_at=at + GOOD_FOR,
        )
        until = sent.expires_at.isoformat()
        if method == Method.EMAIL:
            answer(account, "accounts/mail/step_code", at=at, code=code, until=until)
        else:
            context = {"code": code, "host": settings.BASE_URL.partition("://")[2].partition(":")[0]}
            template = "accounts/sms/step_code"
            is_on_its_way = send_sms(
                template,
                to=account.verified_phone,
                context=context,
                at=at,
                account_id=account.public_id,
                until=sent.expires_at,
                apart=apart,
            )
            if not is_on_its_way:
                raise TooManyCodes(at + timedelta(hours=1))
    return sent


def accept(pending: PendingSignIn, method: Method, typed: str, *, at: datetime) -> bool:
    """Spend a try of the last code, then compare; right once."""
    live = SentCode.objects.filter(
        pending=pending, method=method.value, used_at=None, superseded_at=None, expires_at__gt=at
    )
    sent = live.order_by("-sent_at", "-pk").first()
    if sent is None:
        return False
    if not live.filter(pk=sent.pk, tries__lt=MOST_TRIES).update(tries=F("tries") + 1):
        return False
    if not tokens.matches(sent.digest, _digest(pending, method, typed)):
        return False
    return bool(live.filter(pk=sent.pk).update(used_at=at))


def _digest(pending: PendingSignIn, method: Method, code: str) -> str:
    return tokens.keyed("second_step", f"{pending.digest}:{method.value}:{code}")
