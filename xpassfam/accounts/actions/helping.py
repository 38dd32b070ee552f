"""One safe step for those who don't get in: a message to their own address. Nothing of it opens an account.

Each is in its person's history; the same person gets one of a kind a week, whoever presses how often.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from xpassfam.accounts import failing, history, throttle
from xpassfam.accounts.actions import passwords, signing_up, unlocking
from xpassfam.accounts.models import Account, PendingSignUp
from xpassfam.accounts.telling import mail, record
from xpassfam.journal.actions import Actor, write

ONCE_A_WEEK = throttle.Scope("help", free=1, forget=timedelta(days=7), per_window=True)


def help_those(step: str, *, by: Actor, at: datetime) -> int:
    """Do it for all whom the page names; return for how many. KeyError where there is no such step."""
    return STEPS[step](by, at)


def _write_to_them(by: Actor, at: datetime) -> int:
    return _each(failing.outside_of((failing.Cause.WRONG.value,), at=at), failing.WRITE, _advise, by=by, at=at)


def _tell_of_capitals(by: Actor, at: datetime) -> int:
    return _each(failing.outside_of((failing.Cause.CAPITALS.value,), at=at), failing.WRITE, _advise, by=by, at=at)


def _unlock(by: Actor, at: datetime) -> int:
    paused = failing.outside_of((failing.Cause.PAUSED.value,), at=at)
    return _each(paused, failing.UNLOCK, lambda account, _at: unlocking.send_pass.enqueue(account.pk), by=by, at=at)


def _new_link(by: Actor, at: datetime) -> int:
    since = timezone.localdate(at) - timedelta(days=failing.DAYS - 1)
    return _each(failing.with_expired_link(since, at=at), failing.NEW_LINK, _ask_for_link, by=by, at=at)


def _send_again(by: Actor, at: datetime) -> int:
    """Of sign-ups that nobody opened: there is no account yet, the person's own history tells it."""
    done = 0
    for pending in failing.stuck(at=at):
        if not throttle.reserve(ONCE_A_WEEK, f"{failing.SEND_AGAIN}|{pending.public_id}", at=at).allowed:
            continue
        if signing_up.resend(pending, at=at):
            _note(pending, by=by, at=at)
            done += 1
    return done


def _each(
    accounts: list[Account], step: str, act: Callable[[Account, datetime], object], *, by: Actor, at: datetime
) -> int:
    done = 0
    for account in accounts:
        with transaction.atomic():
            if throttle.reserve(ONCE_A_WEEK, f"{step}|{account.public_id}", at=at).allowed:
                act(account, at)
                record(account, history.HELPED, by=by, at=at)
                done += 1
    return done


def _advise(account: Account, at: datetime) -> None:
    mail(account, "accounts/mail/trouble", at=at)


def _ask_for_link(account: Account, at: datetime) -> None:
    passwords.ask(account.email, at=at)


def _note(pending: PendingSignUp, *, by: Actor, at: datetime) -> None:
    person = pending.person.public_id if pending.person else ""
    write(history.HELPED, by=by, at=at, person=person)


STEPS: dict[str, Callable[[Actor, datetime], int]] = {
    failing.WRITE: _write_to_them,
    failing.CAPITALS: _tell_of_capitals,
    failing.UNLOCK: _unlock,
    failing.SEND_AGAIN: _send_again,
    failing.NEW_LINK: _new_link,
}
