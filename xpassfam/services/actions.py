"""The only writers of what is offered."""

from datetime import datetime

from django.db import transaction

from xpassfam.journal.actions import Actor, write
from xpassfam.services import history
from xpassfam.services.models import Category, Service, UsefulFile, UsefulNumber
from xpassfam.vault import actions as vault
from xpassfam.vault.models import File

Written = Category | Service | UsefulFile | UsefulNumber


@transaction.atomic
def save(written: Written, *, by: Actor, at: datetime) -> Written:
    """New or changed; raise ValidationError."""
    written.full_clean()
    written.save()
    write(history.WRITTEN, by=by, at=at, facts={"what": str(written)})
    return written


@transaction.atomic
def publish_file(useful: UsefulFile, *, file: File | None, by: Actor, at: datetime) -> UsefulFile:
    """With another `file` in place of the former, which goes; raise ValidationError."""
    former = File.objects.filter(pk=useful.file_id).first() if file else None
    if file:
        useful.file = file
    save(useful, by=by, at=at)
    if former:
        vault.discard(former)
    return useful


@transaction.atomic
def remove(written: Written, *, by: Actor, at: datetime) -> None:
    """A file goes with its content."""
    what, file = str(written), written.file if isinstance(written, UsefulFile) else None
    written.delete()
    if file:
        vault.discard(file)
    write(history.REMOVED, by=by, at=at, facts={"what": what})
