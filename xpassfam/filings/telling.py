"""What happens to a filing, told to those who may know: to the history, and by mail."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import translation

from xpassfam.filings.mails import composing
from xpassfam.filings.models import Filing
from xpassfam.household.contacts import mailbox_of
from xpassfam.journal.actions import Actor, write
from xpassfam.journal.kinds import Kind
from xpassfam.outbox.actions import send
from xpassfam.ui import words


def record(filing: Filing, kind: Kind, *, by: Actor, at: datetime, **facts: str | date) -> None:
    """One line in the history of the home, in the caller's transaction. Of a shared child, the other home has none.

    Days are written out: the line says them as they were said.
    """
    with translation.override(settings.LANGUAGE_CODE):
        said = {name: words.full_day(fact) if isinstance(fact, date) else fact for name, fact in facts.items()}
    write(
        kind,
        by=by,
        at=at,
        household=filing.household.public_id,
        person=filing.filed_by.public_id,
        facts={"reference": filing.reference or "", "title": filing.title, **said},
    )


def to_family(filing: Filing, template: str, *, at: datetime, **facts: Any) -> None:
    """By mail to whoever filed it: what happened and what to do; the answers themselves stay on the page."""
    mailbox = mailbox_of(filing.filed_by)
    if mailbox:
        context = composing.finish(composing.context_of(filing, template, facts), first_name=mailbox.first_name)
        send(template, to=mailbox.email, context=context, at=at, account_id=mailbox.account_id)
