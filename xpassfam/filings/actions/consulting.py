"""Somebody of the family takes a paper of a filing, or a file of its messages: its history tells it, once an hour."""

from datetime import datetime, timedelta

from django.db import transaction

from xpassfam.filings import telling
from xpassfam.filings.models import Filing, Taking
from xpassfam.journal.actions import Actor
from xpassfam.journal.kinds import Kind

AN_HOUR = timedelta(hours=1)


def note_taken(filing: Filing, kind: Kind, *, file: str = "", by: Actor, at: datetime) -> None:
    """One of `history.TAKINGS`; `file`: the public id of which, where there may be several."""
    key = {"filing": filing, "reader": by.public_id, "what": file or kind.code}
    # What is taken again asks for no lock.
    if Taking.objects.filter(**key, at__gt=at - AN_HOUR).exists():
        return
    with transaction.atomic():
        _taking, is_first = Taking.objects.get_or_create(**key, defaults={"at": at})
        # Of two presses at once, one moves the hand.
        if is_first or Taking.objects.filter(**key, at__lte=at - AN_HOUR).update(at=at):
            telling.record(filing, kind, by=by, at=at)
