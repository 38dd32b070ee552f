"""Personal data leave the portal for the organisation's own tool."""

from datetime import datetime

from django.db import transaction

from xpassfam.household import history
from xpassfam.journal.actions import Actor, write


def note_export(*, count: int, by: Actor, at: datetime) -> None:
    """One line, for the organisation."""
    with transaction.atomic():
        write(history.EXPORTED, by=by, at=at, facts={"count": count})
