"""Somebody opens a document: its family's history tells it, once an hour for each reader."""

from datetime import datetime, timedelta

from django.db import transaction

from xpassfam.documents import history
from xpassfam.documents.models import Document, Opening
from xpassfam.documents.telling import record
from xpassfam.journal.actions import Actor

AN_HOUR = timedelta(hours=1)
CODES = {Opening.Act.READ: history.READ, Opening.Act.TAKEN: history.TAKEN}


def note_opening(document: Document, act: Opening.Act, *, by: Actor, at: datetime) -> None:
    key = {"document": document, "reader": by.public_id, "act": act}
    # A page read again asks for no lock.
    if Opening.objects.filter(**key, at__gt=at - AN_HOUR).exists():
        return
    with transaction.atomic():
        _opening, is_first = Opening.objects.get_or_create(**key, defaults={"at": at})
        # Of two pages opened at once, one moves the hand.
        moved = is_first or Opening.objects.filter(**key, at__lte=at - AN_HOUR).update(at=at)
        if moved:
            record(CODES[act], document, by=by, at=at)
