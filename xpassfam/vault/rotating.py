"""The keys of files, locked anew by the present key of the environment. Contents are not touched.

Batch by batch, each its own transaction: stopped anywhere, or run twice at once, every file opens, and what is left is
found again. A file's own key never changes, so that who read its row before opens it by the former key.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, QuerySet

from xpassfam.vault import sealing
from xpassfam.vault.models import File, Locked, Original

logger = logging.getLogger(__name__)

BATCH = 500
NO_KEY = ""  # of what was destroyed


@dataclass(frozen=True)
class Left:
    """How many files are locked by a former key, and whether the portal still has that."""

    key_id: str
    count: int
    is_known: bool


def rotate(*, batch: int = BATCH) -> Iterator[int]:
    """How many were locked anew, after each batch."""
    for model in (File, Original):
        last = 0
        while rows := list(_former(model, after=last)[:batch]):
            yield _lock_anew(model, rows)
            last = rows[-1].pk


def left() -> list[Left]:
    """By key. Two queries."""
    known = {sealing.id_of(text) for text in settings.FILE_KEYS}
    counts: dict[str, int] = {}
    for model in (File, Original):
        for key_id, count in _former(model).order_by().values_list("key_id").annotate(count=Count("pk")):
            counts[key_id] = counts.get(key_id, 0) + count
    return [Left(key_id, count, key_id in known) for key_id, count in sorted(counts.items())]


def _former(model: type[Locked], *, after: int = 0) -> "QuerySet[Any]":
    present = sealing.id_of(settings.FILE_KEYS[0])
    return model._default_manager.filter(pk__gt=after).exclude(key_id__in=[present, NO_KEY]).order_by("pk")


@transaction.atomic
def _lock_anew(model: type[Locked], rows: Sequence[Locked]) -> int:
    count = 0
    for row in rows:
        try:
            key = sealing.unwrap(bytes(row.wrapped_key), key_id=row.key_id, name=row.storage_name)
        except sealing.UnknownKey:
            continue  # counted with what is left
        except sealing.Damaged:
            logger.error("the key of %s is damaged: it is not locked anew", row.storage_name)
            continue
        key_id, wrapped = sealing.wrap(key, name=row.storage_name)
        # Destroyed or locked anew meanwhile, it stays as it is.
        same = model._default_manager.filter(pk=row.pk, key_id=row.key_id)
        count += same.update(key_id=key_id, wrapped_key=wrapped)
    return count
