"""An administrator changes the words of a mail, or gives it ours back."""

from datetime import datetime

from django.db import transaction

from xpassfam.filings import history
from xpassfam.filings.mails import words
from xpassfam.filings.mails.events import MailEvent
from xpassfam.filings.models import MailText
from xpassfam.journal.actions import Actor, write
from xpassfam.organisation.models import current
from xpassfam.procedures.models import Procedure


def write_mail(
    event: MailEvent, *, procedure: Procedure | None, subject: str, body: str, by: Actor, at: datetime
) -> MailText:
    """For one procedure, or for all. Raise ValidationError as `mails.words.check` does."""
    profile = current().legal_profile
    for text in (subject, body):
        words.check(text, gaps=event.gaps, profile=profile)
    with transaction.atomic():
        row, _is_new = MailText.objects.update_or_create(
            event=event.code,
            procedure=procedure,
            defaults={"subject": subject, "body": body, "written_at": at, "written_by": by.name},
        )
        write(history.MAIL_WRITTEN, by=by, at=at, facts={"mail": _named(event, procedure)})
    return row


def restore_mail(event: MailEvent, *, procedure: Procedure | None, by: Actor, at: datetime) -> None:
    """Where it has our words already, nothing happens."""
    with transaction.atomic():
        gone, _rows = MailText.objects.filter(event=event.code, procedure=procedure).delete()
        if gone:
            write(history.MAIL_RESTORED, by=by, at=at, facts={"mail": _named(event, procedure)})


def _named(event: MailEvent, procedure: Procedure | None) -> str:
    label = str(event.label)
    return f"{label}, {procedure.definition.title}" if procedure else label
