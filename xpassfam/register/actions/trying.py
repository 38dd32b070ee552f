"""What an administrator answers to an import: tried first, then imported, or given up."""

from collections.abc import Sequence
from datetime import datetime

import structlog
from django.db import transaction

from xpassfam.journal.actions import Actor
from xpassfam.register import waiting
from xpassfam.register.alone import AlreadyImporting
from xpassfam.register.jobs import run_import
from xpassfam.register.models import Import
from xpassfam.register.report import MOST_CLOSED
from xpassfam.register.waiting import Upload

State = Import.State
log = structlog.get_logger(__name__)


class NotWaiting(Exception):
    """This import no longer waits for an answer: somebody gave it, or its files are gone."""


class NotConfirmed(Exception):
    """It would close so much of the register that somebody has to say that it is meant."""


def receive(uploads: Sequence[Upload], *, is_complete: bool, by: Actor, at: datetime) -> Import:
    """Keep the files and have them tried. AlreadyImporting where another import is under way."""
    if Import.objects.under_way().exclude(folder="").exists():
        raise AlreadyImporting
    folder = waiting.keep(uploads)
    with transaction.atomic():
        record = Import.objects.create(
            asked_at=at,
            asked_by=by.public_id,
            asked_by_name=by.name,
            files=[upload.name or "" for upload in uploads],
            folder=folder,
            is_complete=is_complete,
            state=State.TRYING,
        )
        run_import.enqueue(record.public_id)
    return record


def accept(record: Import, *, is_confirmed: bool, by: Actor, at: datetime) -> None:
    """Import what was tried, once. NotConfirmed where it closes much and nobody said that it is meant."""
    if record.closed_percent > MOST_CLOSED and not is_confirmed:
        raise NotConfirmed
    _move(record, (State.TRIED,), State.IMPORTING, by=by, at=at, is_confirmed=is_confirmed)


def try_again(record: Import, *, by: Actor, at: datetime) -> None:
    """Read the same files anew: their columns have been told, or something failed."""
    _move(record, (State.TRIED, State.STOPPED), State.TRYING, by=by, at=at, problem="")


def give_up(record: Import, *, by: Actor, at: datetime) -> None:
    """The files go; what the try said stays."""
    changed = Import.objects.filter(pk=record.pk, state__in=[State.TRIED, State.STOPPED])
    if not changed.update(state=State.GIVEN_UP, folder="", ended_at=at):
        raise NotWaiting
    waiting.throw_away(record.folder)


def stop(record: Import, *, by: Actor, at: datetime) -> None:
    """Ask an import that is under way to end. It writes nothing, unless it was just done."""
    if not record.folder or not Import.objects.under_way().filter(pk=record.pk).exists():
        raise NotWaiting
    try:
        waiting.ask_to_stop(record.folder)
    except FileNotFoundError as error:
        raise NotWaiting from error
    log.info("register_stop_asked", record=record.public_id, by=by.public_id, at=at.isoformat())


def _move(record: Import, states: Sequence[str], state: str, *, by: Actor, at: datetime, **facts: object) -> None:
    """Once: of two answers, the second finds nothing that waits for it."""
    facts |= {"asked_by": by.public_id, "asked_by_name": by.name, "asked_at": at}
    with transaction.atomic():
        waits = Import.objects.filter(pk=record.pk, state__in=states).exclude(folder="")
        if not waits.update(state=state, progress=0, tries=0, ended_at=None, **facts):
            raise NotWaiting
        run_import.enqueue(record.public_id)
