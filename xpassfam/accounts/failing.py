"""« Pourquoi échouent-ils ? »: who did not get in, by cause, over two weeks; persons, not tries.

Names are given of those alone whom a step helps: an account, a cause that ends by a message, and nobody who has come in
since. What nobody's account was tried with is counted, and named nowhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Sum
from django.utils import timezone

from xpassfam.accounts.helpful_steps import CAPITALS, NEW_LINK, REACH, SEND_AGAIN, UNLOCK, WRITE, Step, steps_of
from xpassfam.accounts.models import Account, KnownDevice, PasswordReset, PendingSignUp, SignInTrouble
from xpassfam.accounts.undelivered import Undelivered, by_domain

Cause = SignInTrouble.Cause
DAYS = 14
MOST_NAMED = 50
MOST_READ = 2000
STUCK_AFTER = timedelta(days=1)
STUCK_FOR = timedelta(days=30)
STEPS = {Cause.WRONG: WRITE, Cause.CAPITALS: CAPITALS, Cause.PAUSED: UNLOCK}


@dataclass(frozen=True)
class CauseRow:
    """`outside`: the accounts that have not come in since, newest first; `step`: what helps them, its name empty where
    nothing does."""

    cause: str
    label: str
    persons: int
    outside: tuple[Account, ...]
    step: Step


@dataclass(frozen=True)
class Day:
    on: date
    tries: int


@dataclass(frozen=True)
class Report:
    since: date
    until: date
    came_in: int
    stopped: int
    unknown: int
    outside: int
    causes: tuple[CauseRow, ...]
    stuck: tuple[PendingSignUp, ...]
    expired: tuple[Account, ...]
    stuck_step: Step
    expired_step: Step
    undelivered: tuple[tuple[Undelivered, Step], ...]
    days: tuple[Day, ...] = field(default=())


def report(*, at: datetime) -> Report:
    """Twelve queries, however many persons."""
    today = timezone.localdate(at)
    since = first_day(at)
    window = SignInTrouble.objects.filter(day__gte=since)
    persons = dict(window.values("cause").annotate(n=Count("who", distinct=True)).values_list("cause", "n"))
    outside, expired = _outside(since), with_expired_link(since, at=at)
    waiting, lost = stuck(at=at), by_domain(since)
    causes = sorted((cause for cause in Cause if persons.get(cause.value)), key=lambda one: -persons[one.value])
    wanted: list[tuple[str, Iterable[Account | PendingSignUp]]] = [
        (SEND_AGAIN, waiting),
        (NEW_LINK, expired),
        *((REACH, one.names) for one in lost),
        *((STEPS.get(cause, ""), outside.get(cause.value, ())) for cause in causes),
    ]
    stuck_step, expired_step, *others = steps_of(wanted, at=at)
    return Report(
        since=since,
        until=today,
        came_in=KnownDevice.objects.filter(last_sign_in_at__date__gte=since).values("account").distinct().count(),
        stopped=window.values("who").distinct().count(),
        unknown=window.filter(account="").values("who").distinct().count(),
        outside=len({account.pk for accounts in outside.values() for account in accounts}),
        causes=tuple(
            CauseRow(cause.value, str(cause.label), persons[cause.value], tuple(outside.get(cause.value, ())), step)
            for cause, step in zip(causes, others[len(lost) :], strict=True)
        ),
        stuck=tuple(waiting),
        expired=tuple(expired),
        stuck_step=stuck_step,
        expired_step=expired_step,
        undelivered=tuple(zip(lost, others, strict=False)),
        days=_days(window, since, today),
    )


def first_day(at: datetime) -> date:
    return timezone.localdate(at) - timedelta(days=DAYS - 1)


def outside_of(causes: Iterable[str], *, at: datetime) -> list[Account]:
    """Those whom one step helps, for one of these causes."""
    found = _outside(first_day(at))
    return list({account.pk: account for cause in causes for account in found.get(cause, [])}.values())[:MOST_NAMED]


def _outside(since: date) -> dict[str, list[Account]]:
    """By the last cause that each account met, those that have not come in since. Two queries."""
    met = SignInTrouble.objects.filter(day__gte=since).exclude(account="")
    last: dict[str, tuple[str, datetime]] = {}
    for public_id, cause, when in met.order_by("-last_at", "-pk").values_list("account", "cause", "last_at")[
        :MOST_READ
    ]:
        last.setdefault(public_id, (cause, when))
    accounts = Account.objects.select_related("person").filter(public_id__in=last, closed_at=None)
    found: dict[str, list[Account]] = {}
    for account in accounts.annotate(last_in=Max("known_devices__last_sign_in_at")):
        cause, when = last[account.public_id]
        if account.last_in is None or account.last_in < when:
            found.setdefault(cause, []).append(account)
    for named in found.values():
        named.sort(key=lambda account: last[account.public_id][1], reverse=True)
        del named[MOST_NAMED:]
    return found


def latest_of(account: Account, *, most: int = 5) -> list[SignInTrouble]:
    """What stopped one person last, by cause and day. One query."""
    return list(SignInTrouble.objects.filter(account=account.public_id).order_by("-last_at", "-pk")[:most])


def stuck(*, at: datetime) -> list[PendingSignUp]:
    """Sign-ups with a good proof whose message was never opened, a day later. One query."""
    waiting = PendingSignUp.objects.filter(
        outcome=PendingSignUp.Outcome.OPEN,
        used_at=None,
        superseded_at=None,
        created_at__gt=at - STUCK_FOR,
        sent_at__lt=at - STUCK_AFTER,
        person__account=None,
    )
    return list(waiting.select_related("person", "activation_code").order_by("-created_at")[:MOST_NAMED])


def with_expired_link(since: date, *, at: datetime) -> list[Account]:
    """Who asked for a new password, did not use the link, and has not come in since. One query."""
    resets = PasswordReset.objects.filter(
        account__closed_at=None, used_at=None, superseded_at=None, expires_at__lte=at, created_at__date__gte=since
    )
    resets = resets.select_related("account__person").annotate(last_in=Max("account__known_devices__last_sign_in_at"))
    found = {
        reset.account_id: reset.account
        for reset in resets.order_by("-created_at")[:MOST_NAMED]
        if reset.account and (reset.last_in is None or reset.last_in < reset.created_at)
    }
    return [account for account in found.values() if account]


def _days(window: "object", since: date, until: date) -> tuple[Day, ...]:
    found = window.values("day").annotate(n=Sum("tries")).values_list("day", "n")  # type: ignore[attr-defined]
    tries = dict(found)
    days = (since + timedelta(days=n) for n in range((until - since).days + 1))
    return tuple(Day(on, tries.get(on, 0)) for on in days)
