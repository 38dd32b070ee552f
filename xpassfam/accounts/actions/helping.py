"""One safe step for those who don't get in: a message to an address or number of theirs. It opens no account.

Each is in its person's history; the same person gets one of a kind a week, whoever presses how often.
"""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction

from xpassfam.accounts import failing, history, throttle
from xpassfam.accounts.actions import passwords, signing_up, unlocking
from xpassfam.accounts.helpful_steps import CAPITALS, NEW_LINK, REACH, SEND_AGAIN, UNLOCK, WRITE, counted
from xpassfam.accounts.models import Account, PendingSignUp
from xpassfam.accounts.telling import mail, record
from xpassfam.accounts.undelivered import by_domain, other_ways
from xpassfam.journal.actions import Actor, write
from xpassfam.outbox.actions import send, send_sms


def help_those(step: str, *, by: Actor, at: datetime) -> int:
    """Do it for all whom the page names; return for how many. KeyError where there is no such step."""
    return STEPS[step](by, at)


def _write_to_them(by: Actor, at: datetime) -> int:
    return _each(failing.outside_of((failing.Cause.WRONG.value,), at=at), WRITE, _advise, by=by, at=at)


def _tell_of_capitals(by: Actor, at: datetime) -> int:
    return _each(failing.outside_of((failing.Cause.CAPITALS.value,), at=at), CAPITALS, _advise, by=by, at=at)


def _unlock(by: Actor, at: datetime) -> int:
    paused = failing.outside_of((failing.Cause.PAUSED.value,), at=at)
    return _each(paused, UNLOCK, lambda account, _at: unlocking.send_pass.enqueue(account.pk), by=by, at=at)


def _new_link(by: Actor, at: datetime) -> int:
    return _each(failing.with_expired_link(failing.first_day(at), at=at), NEW_LINK, _ask_for_link, by=by, at=at)


def reach(domain: str, *, by: Actor, at: datetime) -> int:
    """Tell those whose mails came back from there, by their other ways; return for how many there was one."""
    since = failing.first_day(at)
    lost = [account for one in by_domain(since) if one.domain == domain for account in one.names]
    return _each(lost, REACH, lambda account, _at: _tell_otherwise(account, since, at), by=by, at=at)


def _tell_otherwise(account: Account, since: date, at: datetime) -> bool:
    """False where no other way is known: an agent calls."""
    ways = other_ways(account, since=since, at=at)
    context = {"first_name": account.first_name, "is_discreet": ways.is_discreet}
    for email in ways.emails:
        send("accounts/mail/undelivered", to=email, context=context, at=at, account_id=account.public_id)
    sms = "accounts/sms/undelivered"
    is_texted = ways.phone and send_sms(sms, to=ways.phone, context=context, at=at, account_id=account.public_id)
    return bool(ways.emails or is_texted)


def _send_again(by: Actor, at: datetime) -> int:
    """Of sign-ups that nobody opened: there is no account yet, the person's own history tells it."""
    done = 0
    for pending in failing.stuck(at=at):
        if not throttle.reserve(throttle.HELP, counted(SEND_AGAIN, pending), at=at).allowed:
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
            is_first = throttle.reserve(throttle.HELP, counted(step, account), at=at).allowed
            if is_first and act(account, at) is not False:
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
    WRITE: _write_to_them,
    CAPITALS: _tell_of_capitals,
    UNLOCK: _unlock,
    SEND_AGAIN: _send_again,
    NEW_LINK: _new_link,
}
