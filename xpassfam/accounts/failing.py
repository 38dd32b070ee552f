"""« Pourquoi échouent-ils ? »: who did not get in, by cause, over two weeks; persons, not tries.

Names are given of those alone whom a step helps: an account, a cause that ends by a message, and nobody who has come in
since. What nobody's account was tried with is counted, and named nowhere.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Sum
from django.utils import timezone

from xpassfam.accounts.models import Account, KnownDevice, PasswordReset, PendingSignUp, SignInTrouble
from xpassfam.outbox.models import Message

Cause = SignInTrouble.Cause
DAYS = 14
MOST_NAMED = 50
MOST_READ = 2000
STUCK_AFTER = timedelta(days=1)
STUCK_FOR = timedelta(days=30)
# What may be done for those of a cause, by the last word of its address.
WRITE, CAPITALS, UNLOCK, SEND_AGAIN, NEW_LINK = "ecrire", "majuscules", "debloquer", "renvoyer", "lien"
STEPS = {Cause.WRONG: WRITE, Cause.CAPITALS: CAPITALS, Cause.PAUSED: UNLOCK}


@dataclass(frozen=True)
class CauseRow:
    """`outside`: the accounts that have not come in since, newest first; `step`: what helps them."""

    cause: str
    label: str
    persons: int
    outside: tuple[Account, ...] = ()
    step: str = ""


@dataclass(frozen=True)
class Undelivered:
    """Where messages did not arrive: a mail server, how many persons, and those with an account."""

    domain: str
    persons: int
    names: tuple[Account, ...] = ()


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
    undelivered: tuple[Undelivered, ...]
    days: tuple[Day, ...] = field(default=())


def report(*, at: datetime) -> Report:
    """Eleven queries, however many persons."""
    today = timezone.localdate(at)
    since = today - timedelta(days=DAYS - 1)
    window = SignInTrouble.objects.filter(day__gte=since)
    persons = dict(window.values("cause").annotate(n=Count("who", distinct=True)).values_list("cause", "n"))
    outside = _outside(since)
    rows = [
        CauseRow(
            cause.value,
            str(cause.label),
            persons[cause.value],
            tuple(outside.get(cause.value, ())),
            STEPS.get(cause, ""),
        )
        for cause in sorted(Cause, key=lambda one: -persons.get(one.value, 0))
        if persons.get(cause.value)
    ]
    return Report(
        since=since,
        until=today,
        came_in=KnownDevice.objects.filter(last_sign_in_at__date__gte=since).values("account").distinct().count(),
        stopped=window.values("who").distinct().count(),
        unknown=window.filter(account="").values("who").distinct().count(),
        outside=len({account.pk for accounts in outside.values() for account in accounts}),
        causes=tuple(rows),
        stuck=tuple(stuck(at=at)),
        expired=tuple(with_expired_link(since, at=at)),
        undelivered=_undelivered(since),
        days=_days(window, since, today),
    )


def outside_of(causes: Iterable[str], *, at: datetime) -> list[Account]:
    """Those whom one step helps, for one of these causes."""
    found = _outside(timezone.localdate(at) - timedelta(days=DAYS - 1))
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


def _undelivered(since: date) -> tuple[Undelivered, ...]:
    """Two queries."""
    lost = Message.objects.filter(state=Message.State.FAILED, created_at__date__gte=since)
    found = set(lost.order_by("-created_at").values_list("to", "account")[:MOST_READ])
    named = {one.public_id: one for one in Account.objects.filter(public_id__in={account for _to, account in found})}
    by_domain = Counter(to.rpartition("@")[2] for to in {to for to, _account in found})
    return tuple(
        Undelivered(
            domain,
            count,
            tuple(
                {named[one].pk: named[one] for to, one in found if one in named and to.endswith(f"@{domain}")}.values()
            ),
        )
        for domain, count in by_domain.most_common(20)
    )


def _days(window: "object", since: date, until: date) -> tuple[Day, ...]:
    counted = window.values("day").annotate(n=Sum("tries")).values_list("day", "n")  # type: ignore[attr-defined]
    tries = dict(counted)
    days = (since + timedelta(days=n) for n in range((until - since).days + 1))
    return tuple(Day(on, tries.get(on, 0)) for on in days)
