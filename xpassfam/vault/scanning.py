"""A file in quarantine meets the virus scanner: what was received of it is read to it, and either goes.

At least once: whatever ends the worker or the scanner in between, the file waits, and nobody reads it meanwhile.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Min

from xpassfam.jobs import job
from xpassfam.vault import clamd, storage
from xpassfam.vault.models import File, Original
from xpassfam.vault.reading import unlocked

logger = logging.getLogger(__name__)

# Later each time, up to an hour; `look_again` comes sooner once the scanner is back.
TRIES = 1100  # three weeks, were each wait the shortest


@job(retries=TRIES, lease=timedelta(minutes=10))
def scan(pk: int) -> None:
    file = File.objects.waiting().filter(pk=pk).select_related("original").first()
    if file:
        settle(file)


def settle(file: File) -> None:
    """Raise clamd.NoVerdict; Absent, Damaged, UnknownKey where what was received can't be read."""
    found = clamd.found_in(unlocked(file.original))
    with transaction.atomic():
        held = File.objects.waiting().select_for_update(of=("self",)).filter(pk=file.pk).first()
        if held is None:  # taken back by its giver, or scanned twice
            return
        gone = [file.original.storage_name]
        Original.objects.filter(file=held).delete()
        held.state = File.State.READY
        if found:
            gone.append(held.storage_name)
            # Without its key it is gone at once, whatever becomes of the storage.
            held.state, held.key_id, held.wrapped_key = File.State.INFECTED, "", b""
            logger.warning("file %s held %s: destroyed", held.public_id, found)
        held.save(update_fields=["state", "key_id", "wrapped_key"])
        for name in gone:
            transaction.on_commit(lambda name=name: storage.current().delete(name), robust=True)  # type: ignore[misc]


def look_again(*, before: datetime) -> None:
    """What waits although it came before that instant: all of it, until the scanner is away again."""
    waiting = File.objects.waiting().filter(received_at__lt=before)
    for file in waiting.select_related("original").iterator(chunk_size=100):
        try:
            settle(file)
        except clamd.Away as away:
            logger.error("the virus scanner does not answer (%s): %d files wait for it", away, waiting.count())
            return
        except Exception as error:
            logger.error("file %s is not scanned: %s", file.public_id, error)


def backlog(*, before: datetime) -> tuple[int, datetime | None]:
    """How many files wait that came before that instant, and since when. One query."""
    waiting = File.objects.waiting().order_by().filter(received_at__lt=before)
    found = waiting.aggregate(count=Count("pk"), since=Min("received_at"))
    return found["count"], found["since"]


def note_told(files: "list[File]", *, at: datetime) -> None:
    """In the transaction that tells it."""
    File.objects.filter(pk__in=[file.pk for file in files]).update(told_at=at)
