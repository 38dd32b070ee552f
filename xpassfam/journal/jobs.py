"""What the history does by itself, at night."""

from datetime import UTC, datetime, time, timedelta

from django.utils import timezone

from xpassfam.jobs import job
from xpassfam.journal import forgetting
from xpassfam.journal.actions import Actor
from xpassfam.organisation.models import current
from xpassfam.rules import retention

SYSTEM = Actor(kind="system")


@job(every=timedelta(days=1), lease=timedelta(hours=6))
def forget_what_is_past() -> None:
    """Words whose time has passed go, as the organisation set it."""
    now = timezone.now()
    for family in retention.FAMILIES:
        day = retention.forgotten_before(family, months=current().months_kept(family), today=timezone.localdate(now))
        before = timezone.make_aware(datetime.combine(day, time.min)).astimezone(UTC)
        for scope in forgetting.chains_with_words(family, before=before):
            forgetting.forget(scope, family, before=before, by=SYSTEM, at=now)
