"""The organisation as it was last read, in a small file: a process that starts while the database is away still knows
whose portal it is, and whom to call."""

import logging
import os
from pathlib import Path

from django.conf import settings
from django.core import serializers
from django.db.models import Model

logger = logging.getLogger(__name__)
NAME = "organisation.json"
_written = ""


def write(organisation: Model) -> None:
    """Whole or not at all, and only what changed: requests wait for nothing else."""
    global _written
    if not organisation.pk or organisation._state.adding:
        return
    text = serializers.serialize("json", [organisation])
    if text == _written:
        return
    path = _path()
    draft = path.with_suffix(f".{os.getpid()}")
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    except OSError:
        logger.warning("What is known of the organisation can't be written to %s.", path)
    _written = text


def read() -> Model | None:
    try:
        found = next(serializers.deserialize("json", _path().read_text(encoding="utf-8"), ignorenonexistent=True))
    except (OSError, ValueError, serializers.base.DeserializationError, StopIteration):
        return None
    known: Model = found.object
    return known


def _path() -> Path:
    return Path(settings.VAR) / NAME
