"""Whose files were opened or changed by the organisation's people in a period: whom a breach may touch."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Max

from xpassfam.accounts.models import Account
from xpassfam.journal.actions import Actor, Fact, write
from xpassfam.journal.models import Line
from xpassfam.people.models import Household, Residence
from xpassfam.privacy import history
from xpassfam.ui.words import full_day

MOST = 500
STAFF = ("agent", "administrator")


@dataclass(frozen=True)
class Touched:
    """A home, who lives there, how often its file was opened or changed, and when last."""

    home: Household
    persons: str
    times: int
    last_at: datetime


@dataclass(frozen=True)
class Found:
    """`rows` are the last `MOST` of all that were `count`ed; `is_nobody`: no agent has this address."""

    rows: Sequence[Touched]
    count: int
    is_nobody: bool = False


def find(since: datetime, until: datetime, *, agent: str = "") -> Found:
    """Three queries, whatever the period."""
    accounts = Account.objects.exclude(role=Account.Role.FAMILY)
    if agent:
        accounts = accounts.filter(email=agent.strip().lower())
    ids = list(accounts.values_list("public_id", flat=True))
    if not ids:
        return Found((), 0, is_nobody=True)
    lines = Line.objects.filter(actor__in=ids, actor_kind__in=STAFF, at__gte=since, at__lt=until).exclude(household="")
    told = list(lines.values_list("household").annotate(times=Count("pk"), last=Max("at")).order_by("-last"))
    homes = {home.public_id: home for home in Household.objects.filter(public_id__in=[one[0] for one in told[:MOST]])}
    names: dict[int, list[str]] = {}
    for stay in Residence.objects.filter(household__in=homes.values()).select_related("person").order_by("rank", "pk"):
        names.setdefault(stay.household_id, []).append(str(stay.person))
    rows = [
        Touched(homes[key], ", ".join(names.get(homes[key].pk, [])), times, last)
        for key, times, last in told[:MOST]
        if key in homes
    ]
    return Found(rows, len(told))


def note(found: Found, since: datetime, until: datetime, *, by: Actor, at: datetime) -> None:
    facts: dict[str, Fact] = {"since": full_day(since), "until": full_day(until), "count": found.count}
    with transaction.atomic():
        write(history.BREACH_LISTED, by=by, at=at, facts=facts)
