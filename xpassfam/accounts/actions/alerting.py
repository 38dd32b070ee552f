"""The organisation learns at once that somebody tries everybody's door."""

from datetime import datetime

import structlog
from django.db import transaction
from django.utils import timezone

from xpassfam.accounts import throttle
from xpassfam.jobs import job
from xpassfam.organisation.models import current
from xpassfam.outbox.actions import send

log = structlog.get_logger(__name__)


def portal_paused(*, failures: int, at: datetime) -> None:
    """A line in the log for each minute that is cut short; the mail is a job, whatever the visitor typed."""
    log.error("sign_in.portal_paused", failures=failures)
    warn_organisation.enqueue(failures, at.isoformat())


@job()
def warn_organisation(failures: int, paused_at: str) -> None:
    """One mail an hour, however long the wave lasts."""
    organisation, now = current(), timezone.now()
    address = organisation.security_email or organisation.support_email
    if not address:
        return
    with transaction.atomic():
        if throttle.reserve(throttle.ALERT, "portal", at=now).allowed:
            send("accounts/mail/wave", to=address, context={"failures": failures, "at": paused_at}, at=now)
