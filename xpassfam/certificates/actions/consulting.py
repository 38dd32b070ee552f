"""Somebody takes the PDF of a certificate: its family's history tells it, once an hour for each reader."""

from datetime import datetime, timedelta

from django.db import transaction

from xpassfam.certificates import history
from xpassfam.certificates.models import Certificate, Taking
from xpassfam.certificates.telling import record
from xpassfam.journal.actions import Actor

AN_HOUR = timedelta(hours=1)


def note_taken(certificate: Certificate, *, by: Actor, at: datetime) -> None:
    key = {"certificate": certificate, "reader": by.public_id}
    with transaction.atomic():
        _taking, is_first = Taking.objects.get_or_create(**key, defaults={"at": at})
        # Of two presses at once, one moves the hand.
        if is_first or Taking.objects.filter(**key, at__lte=at - AN_HOUR).update(at=at):
            record(history.TAKEN, certificate, by=by, at=at)
