"""Requests that ended long ago: kept because they can still be disputed, no longer worked on, and set aside.

Agents named for it open one, for a reason that the family reads. Families go on reading theirs. Set aside by what they
are, not moved: see docs/decisions. Source: CNIL, délibération 2005-213; RGPD, art. 5.1.c, 5.1.e.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from xpassfam.entitlements.models import Use
from xpassfam.filings import history, telling
from xpassfam.filings.models import Decision, Filing, Message
from xpassfam.filings.states import Status
from xpassfam.journal.actions import Actor
from xpassfam.organisation.models import current
from xpassfam.rules.time_limits import months_before


def archived(filings: "QuerySet[Filing]", *, at: datetime) -> "QuerySet[Filing]":
    """Of these, what ended longer ago than the organisation works on it, and so did the right that it opened; not what
    something still hangs on: a reserve, a contest, a correction, an effect that has not come, words that wait or that
    were said since.
    """
    limit = months_before(at, current().archive_months)
    rights = Use.objects.standing().filter(cause=OuterRef("public_id"), until__gte=limit.date())
    contests = Filing.objects.pending().filter(contests__filing=OuterRef("pk"))
    corrections = Filing.objects.pending().filter(corrects=OuterRef("pk"))
    decisions = Decision.objects.filter(filing=OuterRef("pk"), superseded_at=None)
    effects = decisions.filter(effects_on__isnull=False, effects_at=None)
    unread = Q(read_at=None, side=Message.Side.FAMILY)
    messages = Message.objects.filter(unread | Q(sent_at__gt=limit), filing=OuterRef("pk"))
    ended = filings.filter(ended_at__lt=limit).exclude(status=Status.APPROVED_UNDER_RESERVE)
    for awaited in (rights, contests, corrections, effects, messages):
        ended = ended.exclude(Exists(awaited))
    return ended


def open_archive(filing: Filing, *, reason: str, by: Actor, at: datetime) -> None:
    """In the history of the family, with the reason, before anything is shown."""
    with transaction.atomic():
        telling.record(filing, history.ARCHIVE_OPENED, by=by, at=at, reason=reason)
