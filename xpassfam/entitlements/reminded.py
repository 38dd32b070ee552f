"""One mail for one thing: whoever was reminded that a document ends is not written to again of what hangs on it."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from xpassfam.accounts.models.channels import Subject
from xpassfam.accounts.reaching import ways_of
from xpassfam.documents.models import Document
from xpassfam.documents.readers import handlers
from xpassfam.entitlements.coming import Cause, Event
from xpassfam.rules.documents import reminder_due
from xpassfam.rules.rights import notice_due


def told_by_reminder(household: int, events: Sequence[Event], *, at: datetime) -> set[tuple[int, str]]:
    """Accounts, with the keys of the events of which a reminder told them at this very step: thirty days before, seven.

    No query where no document ends; one and two an account where one does.
    """
    today = timezone.localdate(at)
    ends: dict[tuple[str, str, date | None], Event] = {
        (one.of, one.person, one.last_day): one
        for one in events
        if one.cause is Cause.PAPER_ENDED and notice_due(one.on, on=today)
    }
    if not ends:
        return set()
    rows = Document.objects.filter(household=household, valid_until__in={day for *_which, day in ends})
    found = {document: ends.get(_which(document)) for document in rows.as_shown()}
    reminded = [document for document, event in found.items() if _was_reminded(document, event, on=today)]
    return {
        (account.pk, event.key)
        for account, documents in handlers(reminded, household=household, on=today).items()
        if ways_of(account, at=at).takes_by_email(Subject.REMINDERS)
        for document in documents
        if (event := found[document])
    }


def _which(document: Document) -> tuple[str, str, date | None]:
    return document.kind, document.person.public_id if document.person else "", document.valid_until


def _was_reminded(document: Document, event: Event | None, *, on: date) -> bool:
    """Whoever has just given one that ends soon was told nothing: they know."""
    if event is None or document.warned_days is None:
        return False
    known_when_given = reminder_due(event.last_day, on=timezone.localdate(document.given_at))
    return document.warned_days != known_when_given and document.warned_days <= (notice_due(event.on, on=on) or 0)
