"""Accounts that nobody uses: warned twice, then closed. Source: CNIL, 18 September 2025 (two years, warn before)."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from xpassfam.accounts.actions import closing
from xpassfam.accounts.models import Account, Closing
from xpassfam.journal.actions import Actor
from xpassfam.journal.models import Line
from xpassfam.people.models import Access, Residence
from xpassfam.privacy import sources
from xpassfam.rules.time_limits import months_before

IDLE_MONTHS = 24
FIRST, SECOND = 60, 15  # days before
MOST = 500
SYSTEM = Actor(kind="system")


def last_used() -> "QuerySet[Any]":
    """With `used_at`: their last act, as the history has it (signing in is one), else the day it was opened."""
    acts = Line.objects.filter(actor=OuterRef("public_id")).order_by("-at").values("at")[:1]
    return Account.objects.annotate(used_at=Coalesce(Subquery(acts), F("created_at")))


def keep_time(*, at: datetime) -> dict[str, int]:
    return {"kept": keep_used(at=at), "warned": _warn(at=at)}


def keep_used(*, at: datetime) -> int:
    """Whoever came back since they were warned keeps their account, without a word. So does who waits for an answer."""
    begun = Closing.objects.filter(cause=Closing.Cause.INACTIVE).select_related("account__person")
    used = dict(last_used().filter(closing__in=begun).values_list("pk", "used_at"))
    kept = 0
    for one in begun:
        if used[one.account_id] > one.asked_at or _is_running(one.account, at=at):
            kept += closing.stop(one, by=SYSTEM, at=at, is_told=False)
    return kept


def _warn(*, at: datetime) -> int:
    edge = months_before(timezone.localtime(at), IDLE_MONTHS)
    idle = last_used().filter(role=Account.Role.FAMILY, used_at__lte=edge + timedelta(days=FIRST))
    idle = idle.select_related("person", "closing").order_by("pk")
    warned = 0
    for account in idle.filter(closing=None)[:MOST]:
        if not _is_running(account, at=at):
            # Who was idle for years when the portal learnt to count has the same time to answer.
            due_at = at + timedelta(days=FIRST)
            closing.warn(account, due_at=due_at, days=FIRST, since=account.used_at, at=at)
            warned += 1
    soon = idle.filter(closing__cause=Closing.Cause.INACTIVE, closing__warned_days__gt=SECOND)
    for account in soon.filter(closing__due_at__lte=at + timedelta(days=SECOND))[:MOST]:
        due_at = max(account.closing.due_at, at + timedelta(days=SECOND))  # the worker may have slept
        closing.warn(account, due_at=due_at, days=SECOND, since=account.used_at, at=at)
        warned += 1
    return warned


def _is_running(account: Account, *, at: datetime) -> bool:
    """A right, a request or a payment under way: they will want their account."""
    if account.person_id is None:
        return False
    today = timezone.localdate(at)
    homes: set[int] = set()
    for rows in (Residence.objects.open_on(today), Access.objects.open_on(today)):
        homes |= set(rows.filter(person=account.person_id).values_list("household", flat=True))
    return sources.is_running(account.person_id, sorted(homes))
