"""A document ends soon: its family is told, twice at most, while there is time to renew it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from xpassfam.accounts.models.channels import Subject
from xpassfam.accounts.telling import mail
from xpassfam.documents.models import Document
from xpassfam.documents.readers import handlers
from xpassfam.documents.shown import told_title
from xpassfam.people.models import Household
from xpassfam.rules.documents import reminder_due
from xpassfam.ui import words

BATCH = 500


def remind(*, kinds: Collection[str], at: datetime, most: int = BATCH) -> int:
    """Of documents of those kinds; return how many were told of. One mail to each reader, for all of a home.

    What an outage let pass is told late, once, with the days that are left. What is told to nobody (their access
    ended) is not tried again each night.
    """
    today = timezone.localdate(at)
    homes = Document.objects.to_remind_of(today).filter(kind__in=kinds).order_by().values_list("household").distinct()
    return sum(_remind_home(home, kinds, at=at) for (home,) in list(homes[:most]))


def _remind_home(home: int, kinds: Collection[str], *, at: datetime) -> int:
    today = timezone.localdate(at)
    with transaction.atomic():
        Household.objects.select_for_update(of=("self",)).get(pk=home)
        rows = Document.objects.to_remind_of(today).filter(household=home, kind__in=kinds).as_shown()
        due = list(rows.order_by("valid_until", "pk"))
        for account, documents in handlers(due, household=home, on=today).items():
            mail(account, "documents/mail/ending", at=at, subject=Subject.REMINDERS, **_said(documents))
        for document in due:
            if document.valid_until:
                document.warned_days = reminder_due(document.valid_until, on=today)
        Document.objects.bulk_update(due, ["warned_days"])
    return len(due)


def _said(documents: Sequence[Document]) -> Mapping[str, object]:
    """A mail crosses the world: it does not name what is restricted."""
    with translation.override(settings.LANGUAGE_CODE):
        rows = [[told_title(one), _day(one.valid_until)] for one in documents]
    page = f"/mon-compte/documents/{documents[0].public_id}/renouveler/" if len(documents) == 1 else ""
    return {"documents": rows, "page": page or "/mon-compte/documents/"}


def _day(day: date | None) -> str:
    return words.full_day(day) if day else ""
