"""A file that somebody sends, kept until it becomes part of a document, or for a month."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from xpassfam.accounts import throttle
from xpassfam.documents.models import PendingUpload
from xpassfam.people.access import ActingAccess
from xpassfam.vault import actions as vault
from xpassfam.vault.models import File

# A person's files that wait at once: more than any form asks for.
MOST_WAITING = 100
# Each is opened, drawn anew and locked: a household that sends more does not need them.
SENDING = throttle.Scope("file", free=200, forget=timedelta(days=1), per_window=True)


class NotAllowed(Exception):
    """The access lets its holder give nothing."""


class Gone(Exception):
    """A file is no longer there: taken back, or used already."""


class TooMany(Exception):
    """So many files of this person wait already that no form can want them all."""


class TooManyToday(Exception):
    """`until` says when the household may send again."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__()


def keep(
    chunks: Iterable[bytes], *, name: str, access: ActingAccess, at: datetime, is_ours: bool = False
) -> PendingUpload:
    """Receive a file at once; raise `vault.actions.Refused`, NotAllowed, TooMany, TooManyToday.

    Called outside a transaction: a file that was refused counts too. `is_ours`: the portal made it itself.

    No line of history: it is told with the document that it becomes.
    """
    if not may_send(access):
        raise NotAllowed
    if PendingUpload.objects.visible_to(access).count() >= MOST_WAITING:
        raise TooMany
    reserved = throttle.reserve(SENDING, access.household, at=at)
    if not reserved.allowed:
        raise TooManyToday(reserved.free_at)
    file = vault.receive(chunks, name=name, at=at, is_ours=is_ours)
    try:
        return PendingUpload.objects.create(
            household_id=access.household_id, given_by_id=access.person_id, file=file, sent_at=at
        )
    except BaseException:
        vault.discard(file)
        raise


def keep_copy(file: File, *, access: ActingAccess, at: datetime) -> PendingUpload:
    """Of what the vault holds already, for whoever may send. Raise NotAllowed."""
    if not may_send(access):
        raise NotAllowed
    copied = vault.copy(file, at=at)
    return PendingUpload.objects.create(
        household_id=access.household_id, given_by_id=access.person_id, file=copied, sent_at=at
    )


def drop(upload: PendingUpload) -> None:
    """Take a file back before it belongs to anything."""
    with transaction.atomic():
        held = PendingUpload.objects.select_for_update(of=("self",)).filter(pk=upload.pk).first()
        if held:
            held.delete()
            vault.discard(held.file)


def hand_over(uploads: Sequence[PendingUpload], *, access: ActingAccess) -> list[File]:
    """Files that go elsewhere than to a document: from now on they are the caller's. Raise Gone."""
    wanted = [upload.pk for upload in uploads]
    with transaction.atomic():
        mine = PendingUpload.objects.visible_to(access).select_for_update(of=("self",)).select_related("file")
        found = {upload.pk: upload for upload in mine.filter(pk__in=wanted)}
        if set(found) != set(wanted):
            raise Gone
        PendingUpload.objects.filter(pk__in=wanted).delete()
    return [found[pk].file for pk in wanted]


def sweep(*, before: datetime) -> int:
    """Drop what was sent before that instant and served nothing; return how many."""
    count = 0
    for upload in PendingUpload.objects.filter(sent_at__lt=before).iterator():
        drop(upload)
        count += 1
    return count


def may_send(access: ActingAccess) -> bool:
    """Who handles the home's documents, or files its requests, of which they are part."""
    return access.may("documents") or access.may("requests")
