"""Files that come with a form, received at once: what is to be mended elsewhere in it loses none of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from xpassfam.accounts import throttle
from xpassfam.rules.secrets_in_names import masked_name
from xpassfam.support.models import HeldFile
from xpassfam.vault import actions as vault
from xpassfam.vault.models import File

MOST_FILES = 5
# Each is opened, drawn anew and locked: from one network, more are no help to anybody.
RECEIVING = throttle.Scope("support_file", free=40, forget=timedelta(hours=1), per_window=True)


class TooMany(Exception):
    """Five are enough for one message."""


class TooManyNow(Exception):
    """`until` says when this network may send files again."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__()


def receive(chunks: Iterable[bytes], *, name: str, form_key: str, address: str, at: datetime) -> HeldFile:
    """Keep one for a form; raise TooMany, TooManyNow, `vault.actions.Refused`. Called outside a transaction."""
    if HeldFile.objects.filter(form_key=form_key).count() >= MOST_FILES:
        raise TooMany
    reserved = throttle.reserve(RECEIVING, address, at=at)
    if not reserved.allowed:
        raise TooManyNow(reserved.free_at)
    file = vault.receive(chunks, name=masked_name(name), at=at)
    # Sent again after a cut, the same file is there already.
    twin = HeldFile.objects.filter(form_key=form_key, file__digest=file.digest).select_related("file").first()
    if twin:
        vault.discard(file)
        return twin
    try:
        return HeldFile.objects.create(form_key=form_key, file=file, sent_at=at)
    except BaseException:
        vault.discard(file)
        raise


def held(form_key: str) -> list[HeldFile]:
    return list(HeldFile.objects.filter(form_key=form_key).select_related("file").order_by("pk")) if form_key else []


def hand_over(form_key: str, public_ids: Sequence[str]) -> list[File]:
    """In the caller's transaction: from now on they are part of a message. Those that are gone are left out."""
    wanted = HeldFile.objects.filter(form_key=form_key, public_id__in=public_ids).select_related("file").order_by("pk")
    files = [one.file for one in wanted if not one.file.is_infected]
    HeldFile.objects.filter(form_key=form_key, file__in=files).delete()
    return files


def drop(one: HeldFile) -> None:
    with transaction.atomic():
        one.delete()
        vault.discard(one.file)


def sweep(*, before: datetime) -> int:
    """Of forms that never left; `before`: what came earlier."""
    count = 0
    for one in HeldFile.objects.filter(sent_at__lt=before).select_related("file").iterator():
        drop(one)
        count += 1
    return count
