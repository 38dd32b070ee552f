"""An answer to the second step: counted, then judged."""

from datetime import datetime

from django.db import transaction

from xpassfam.accounts import history, throttle
from xpassfam.accounts.actions.recovered import accept_letter
from xpassfam.accounts.actions.recovering import StillWaiting
from xpassfam.accounts.actions.second_step import recovery_codes, sent_codes, totp
from xpassfam.accounts.models import PendingSignIn
from xpassfam.accounts.telling import alert, record
from xpassfam.rules.second_step import Method

RECOVERY = "recovery"
LETTER = "letter"  # everything is lost: see `recovering`


class WrongCode(Exception):
    """Not the code. `until`: no other is looked at before; `remaining`: tries of a code that was sent."""

    def __init__(self, *, until: datetime | None = None, remaining: int | None = None) -> None:
        self.until, self.remaining = until, remaining
        super().__init__()


def judge(pending: PendingSignIn, method: str, typed: str, *, known_device: int, device: str, at: datetime) -> None:
    """Raise WrongCode, or StillWaiting for a letter that came early.

    Tries are counted over all the pending sign-ins of an account, a known device apart: whoever has the password and
    guesses codes keeps no owner out of a device of theirs.
    """
    account = pending.account.public_id
    counted = f"{account}|{known_device}" if known_device else account
    reserved = throttle.reserve(throttle.SECOND_STEP, counted, at=at)
    if not reserved.allowed:
        raise WrongCode(until=reserved.free_at)
    try:
        is_right = _is_right(pending, method, typed, device=device, at=at)
    except StillWaiting:
        throttle.refund(reserved)
        raise
    if is_right:
        throttle.refund(reserved)
        return
    if reserved.remaining == 0:
        _warn(pending, device=device, at=at)
    last = sent_codes.last(pending, Method(method)) if method in sent_codes.BY_CODE else None
    raise WrongCode(remaining=sent_codes.tries_left(last) if last else None)


def _is_right(pending: PendingSignIn, method: str, typed: str, *, device: str, at: datetime) -> bool:
    if method == RECOVERY:
        return recovery_codes.accept(pending.account, typed, at=at)
    if method == LETTER:
        return not pending.session_key and accept_letter(pending.account, typed, device=device, at=at)
    if method not in pending.may_use:
        return False
    if method == Method.TOTP:
        return totp.accept(pending.account, typed, at=at)
    return method in sent_codes.BY_CODE and sent_codes.accept(pending, Method(method), typed, at=at)


def _warn(pending: PendingSignIn, *, device: str, at: datetime) -> None:
    """Somebody has the password: its owner learns it."""
    with transaction.atomic():
        record(pending.account, history.SECOND_STEP_REFUSED, at=at, device=device)
        refused = history.SECOND_STEP_REFUSED
        alert(pending.account, "step_refused", about=refused, at=at, device=device, tried_at=at.isoformat())
