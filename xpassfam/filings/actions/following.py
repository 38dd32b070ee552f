"""The family follows what it filed: completes, writes, withdraws, hurries."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from xpassfam.accounts import throttle
from xpassfam.documents.actions import uploading
from xpassfam.documents.models import Document, PendingUpload
from xpassfam.filings import account_numbers, asking, history, telling
from xpassfam.filings.actions.agreeing import ask_where_known
from xpassfam.filings.actions.keeping import FIELDS, Kept, Unsent, put
from xpassfam.filings.actions.using import give
from xpassfam.filings.clocks import reckon
from xpassfam.filings.holding import NotAllowed, hold_for, may_act, step, touch
from xpassfam.filings.models import Completion, Filing, Message, Piece
from xpassfam.filings.models.filing import read_by
from xpassfam.filings.objections import objections
from xpassfam.filings.states import TO_GIVE, Event, NotPossible, Status
from xpassfam.journal.actions import Actor
from xpassfam.people.access import ActingAccess

WRITING = throttle.Scope("message", free=60, forget=timedelta(days=1), per_window=True)


class NotEverything(Exception):
    """Something of what was asked is still missing: `missing`, in words."""

    def __init__(self, missing: Sequence[str]) -> None:
        self.missing = missing
        super().__init__(", ".join(missing))


class NotNow(Exception):
    """What this filing asks for can't be asked for today: `reasons`, in words."""

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = reasons
        super().__init__(" ".join(reasons))


class TooManyMessages(Exception):
    """`until` says when the household may write again."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__()


class NothingToHurry(Exception):
    """The promise still holds, or was hurried already."""


def add_piece(
    filing: Filing, *, key: str, document: Document, is_reused: bool = False, access: ActingAccess, at: datetime
) -> Piece:
    """Give what is asked of a filing already sent; it replaces what was given before. Raise NotAllowed, NotPossible."""
    with transaction.atomic():
        filing = hold_for(filing, access)
        if filing.status not in TO_GIVE:
            raise NotPossible(filing.status, Event.COMPLETE)
        piece, is_new = give(filing, key=key, document=document, is_reused=is_reused, access=access, at=at)
        if is_new:
            asked_at = _open_completion(filing).asked_at if filing.status == Status.AWAITING_APPLICANT else at
            older = filing.pieces.filter(key=key, replaced_at=None, added_at__lt=asked_at).exclude(pk=piece.pk)
            older.exclude(verdict=Piece.Verdict.ACCEPTED).update(replaced_at=at)
            touch(filing)
    return piece


def keep_unsent(
    filing: Filing,
    unsent: Unsent,
    *,
    seen: int,
    is_taken: bool | None = None,
    access: ActingAccess,
    at: datetime,
) -> Kept:
    """What the page to complete holds before it is sent: see `keeping.put`. Raise NotAllowed or NotPossible."""
    with transaction.atomic():
        filing = hold_for(filing, access)
        if filing.status not in TO_GIVE:
            raise NotPossible(filing.status, Event.COMPLETE)
        kept = put(filing, unsent, seen=seen, is_taken=is_taken, access=access, at=at)
        filing.save(update_fields=FIELDS)
    return kept


def forget_unsent(filing: Filing, *, access: ActingAccess) -> None:
    """What they had prepared and came too late is a message now, or is put away. Raise NotAllowed."""
    with transaction.atomic():
        filing = hold_for(filing, access)
        filing.waiting.pop(access.person, None)
        filing.save(update_fields=["waiting"])


def complete(filing: Filing, *, answers: Mapping[str, Any], access: ActingAccess, by: Actor, at: datetime) -> Filing:
    """Answer what was asked: from then on it is the organisation's turn.

    Raise NotAllowed, NotPossible, NotNow or NotEverything.

    Sent again once it is the organisation's turn, it changes nothing.
    """
    with transaction.atomic():
        filing = hold_for(filing, access)
        if filing.status == Status.UNDER_REVIEW and filing.completions.filter(answered_at__isnull=False).exists():
            return filing
        if filing.status != Status.AWAITING_APPLICANT:
            raise NotPossible(filing.status, Event.COMPLETE)
        asked = _open_completion(filing)
        if asked.fields and (reasons := objections(filing, access=access, at=at)):
            raise NotNow(reasons)
        given = {field: value for field, value in answers.items() if field in asked.fields}
        filing.answers.update(account_numbers.locked(filing, given))
        missing = asking.still_missing(filing, asked)
        if missing:
            raise NotEverything(missing)
        asked.answered_at = at
        asked.save(update_fields=["answered_at"])
        fields = [*asking.freeze(filing, access), *reckon(filing, filed_on=timezone.localdate(filing.filed_at))]
        step(filing, Event.COMPLETE, *fields)
        ask_where_known(filing, at=at)
        telling.to_family(filing, "filings/mail/completed", at=at)
        telling.record(filing, history.COMPLETED, by=by, at=at)
    return filing


def withdraw(filing: Filing, *, access: ActingAccess, by: Actor, at: datetime) -> Filing:
    """The family gives it up; twice is once. Raise NotAllowed, or NotPossible where it was answered first."""
    with transaction.atomic():
        filing = hold_for(filing, access)
        if filing.status == Status.WITHDRAWN:
            return filing
        filing.ended_at = at
        step(filing, Event.WITHDRAW, "ended_at")
        filing.completions.open().update(closed_at=at)
        telling.to_family(filing, "filings/mail/withdrawn", at=at)
        telling.record(filing, history.WITHDRAWN, by=by, at=at)
    return filing


def write(
    filing: Filing,
    *,
    text: str,
    uploads: Sequence[PendingUpload] = (),
    form_key: str,
    access: ActingAccess,
    by: Actor,
    at: datetime,
) -> Message:
    """A message to the service; the same form twice is one. Raise NotAllowed, TooManyMessages, uploading.Gone."""
    reserved = throttle.reserve(WRITING, access.household, at=at)
    with transaction.atomic():
        filing = hold_for(filing, access)
        if filing.is_draft:
            raise NotAllowed
        known = filing.messages.filter(form_key=form_key).first()
        if known:
            return known
        if not reserved.allowed:
            raise TooManyMessages(reserved.free_at)
        message = filing.messages.create(
            side=Message.Side.FAMILY,
            author=by.name,
            author_id=by.public_id,
            text=text,
            sent_at=at,
            form_key=form_key,
        )
        message.files.set(uploading.hand_over(uploads, access=access))
        touch(filing)
        telling.record(filing, history.WRITTEN, by=by, at=at)
    return message


def read(filing: Filing, *, access: ActingAccess, at: datetime) -> None:
    """The family has the page open: the service's messages are read, and the result is no news any more.

    Whoever may only look, or reads what is for another to read, leaves no mark: an agent would believe that the family
    knows, and who filed it would not be told.
    """
    if not may_act(filing, access):
        return
    theirs = Filing.objects.filter(read_by(access), pk=filing.pk)
    unread = filing.messages.filter(side__in=[Message.Side.DESK, Message.Side.SYSTEM], read_at=None)
    unread.filter(filing__in=theirs).update(read_at=at)
    theirs.filter(ended_at__isnull=False, read_at=None).update(read_at=at)


def hurry(filing: Filing, *, access: ActingAccess, by: Actor, at: datetime) -> Filing:
    """The promise was broken: it comes first from now on. Raise NotAllowed or NothingToHurry."""
    with transaction.atomic():
        filing = hold_for(filing, access)
        if not filing.is_late(on=timezone.localdate(at)) or filing.hurried_at or filing.turn != Filing.Turn.DESK:
            raise NothingToHurry
        filing.hurried_at = at
        touch(filing, "hurried_at")
        telling.record(filing, history.HURRIED, by=by, at=at)
    return filing


def _open_completion(filing: Filing) -> Completion:
    return filing.completions.open().get()
