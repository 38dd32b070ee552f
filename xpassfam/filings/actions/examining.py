"""Agents examine: take, give, ask, write, judge pieces; every opening is in the family's history."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from xpassfam.accounts.models import Account, Team
from xpassfam.documents.actions import judging
from xpassfam.documents.models import Verdict
from xpassfam.filings import asking, history, papers, telling
from xpassfam.filings.clocks import reckon
from xpassfam.filings.holding import hold, hold_unchanged, refuse_same_hand, step, touch
from xpassfam.filings.models import Completion, Filing, Message, Note, Piece, Presence
from xpassfam.filings.states import AT_DESK, Event, NotPossible, Status
from xpassfam.vault.models import File

READ_AGAIN_AFTER_SECONDS = 600
# What is said of the document itself, wherever it serves. That it is not the piece asked for here says nothing of it.
ON_THE_DOCUMENT = {
    Piece.Verdict.ACCEPTED: Verdict.ACCEPTED,
    Piece.Verdict.UNREADABLE: Verdict.REFUSED,
    Piece.Verdict.TOO_OLD: Verdict.REFUSED,
}


class AlreadyTaken(Exception):
    """Another agent follows it: it is theirs to hand over."""


class NothingAsked(Exception):
    """A completion ticks at least one field or piece, and says what in words."""


class TooSoon(Exception):
    """The last day to complete is in the future."""


def open_for_reading(filing: Filing, *, by: Account, at: datetime) -> None:
    """Say to the family that its filing is read, to the other agents who reads it; messages of the family are read."""
    with transaction.atomic():
        presence, is_new = Presence.objects.get_or_create(filing=filing, account=by, defaults={"seen_at": at})
        is_again = not is_new and (at - presence.seen_at).total_seconds() < READ_AGAIN_AFTER_SECONDS
        Presence.objects.filter(pk=presence.pk).update(seen_at=at)
        filing.messages.filter(side=Message.Side.FAMILY, read_at=None).update(read_at=at)
        if not is_again:
            telling.record(filing, history.READ, by=by.actor, at=at)


def take(filing: Filing, *, by: Account, at: datetime) -> Filing:
    """Examine it oneself: the family is told by whom. Raise NotPossible, AlreadyTaken or NeedsAnother."""
    with transaction.atomic():
        filing = hold(filing)
        if not filing.is_pending:
            raise NotPossible(filing.status, Event.EXAMINE)
        if filing.assigned_to_id not in (None, by.pk):
            raise AlreadyTaken
        refuse_same_hand(filing, by)
        filing.assigned_to = by
        if filing.status == Status.RECEIVED:
            step(filing, Event.EXAMINE, "assigned_to")
            telling.record(filing, history.EXAMINED, by=by.actor, at=at)
        else:
            touch(filing, "assigned_to")
    return filing


def transfer(filing: Filing, *, to: Account | None, team: Team | None, seen: int, by: Account, at: datetime) -> Filing:
    """To another agent, or back to a team's queue. Raise Overtaken, NotPossible or NeedsAnother."""
    with transaction.atomic():
        filing = hold_unchanged(filing, seen=seen)
        if not filing.is_pending:
            raise NotPossible(filing.status, Event.EXAMINE)
        if to:
            refuse_same_hand(filing, to)
        filing.assigned_to, filing.team = to, team
        touch(filing, "assigned_to", "team")
    return filing


def refer(filing: Filing, *, on: date, seen: int, by: Account, at: datetime) -> Filing:
    """A committee that meets that day will look at it. Raise Overtaken, NotPossible or TooSoon."""
    if on < timezone.localdate(at):
        raise TooSoon
    with transaction.atomic():
        filing = hold_unchanged(filing, seen=seen)
        refuse_same_hand(filing, by)
        filing.committee_on = on
        step(filing, Event.REFER, "committee_on")
        telling.to_family(filing, "filings/mail/referred", at=at, on=on.isoformat())
        telling.record(filing, history.REFERRED, by=by.actor, at=at, on=on)
    return filing


def ask(
    filing: Filing,
    *,
    fields: Sequence[str],
    pieces: Sequence[str],
    text: str,
    until: date,
    seen: int,
    by: Account,
    at: datetime,
) -> Completion:
    """Ask the family to complete, by a date. Only what is indispensable stops the clock.

    Raise Overtaken, NotPossible, NothingAsked or TooSoon. Source: CRPA, art. L114-5, L114-5-1.
    """
    if not (fields or pieces) or not text.strip():
        raise NothingAsked
    if until <= timezone.localdate(at):
        raise TooSoon
    with transaction.atomic():
        filing = hold_unchanged(filing, seen=seen)
        refuse_same_hand(filing, by)
        stops_clock = bool(fields) or asking.is_any_indispensable(filing, pieces)
        step(filing, Event.ASK)
        completion = filing.completions.create(
            fields=list(fields),
            pieces=list(pieces),
            text=text.strip(),
            until=until,
            stops_clock=stops_clock,
            asked_at=at,
            asked_by=str(by),
        )
        filing.save(update_fields=reckon(filing, filed_on=timezone.localdate(filing.filed_at)))
        what = asking.asked_in_words(filing, completion)
        mentions = papers.completion(completion)
        telling.to_family(filing, "filings/mail/to_complete", at=at, mentions=mentions)
        telling.record(filing, history.ASKED, by=by.actor, at=at, until=until, what=what)
    return completion


def extend(filing: Filing, *, until: date, seen: int, by: Account, at: datetime) -> Filing:
    """More time to complete; the delays that wait for the family move with it. Raise Overtaken or TooSoon."""
    if until <= timezone.localdate(at):
        raise TooSoon
    with transaction.atomic():
        filing = hold_unchanged(filing, seen=seen)
        if filing.completions.open().update(until=until, reminded_on=None):
            touch(filing, *reckon(filing, filed_on=timezone.localdate(filing.filed_at)))
            telling.to_family(filing, "filings/mail/extended", at=at)
            telling.record(filing, history.EXTENDED, by=by.actor, at=at, until=until)
    return filing


def judge(piece: Piece, *, verdict: str, explanation: str, by: Account, at: datetime) -> Piece:
    """What a document is worth here; the family's document learns it too. Raise NotPossible."""
    with transaction.atomic():
        filing = hold(piece.filing)
        if filing.status not in (*AT_DESK, Status.AWAITING_APPLICANT, Status.APPROVED_UNDER_RESERVE):
            raise NotPossible(filing.status, Event.EXAMINE)
        piece = Piece.objects.select_for_update(of=("self",)).select_related("document").get(pk=piece.pk)
        piece.verdict, piece.explanation = verdict, explanation.strip()
        piece.judged_at, piece.judged_by = (at, str(by)) if verdict != Piece.Verdict.PENDING else (None, "")
        piece.save(update_fields=["verdict", "explanation", "judged_at", "judged_by"])
        on_the_document = ON_THE_DOCUMENT.get(Piece.Verdict(verdict))
        if on_the_document:
            judging.judge(piece.document, verdict=on_the_document, reason=piece.explanation, by=by.actor, at=at)
        touch(filing)
    return piece


def write(
    filing: Filing, *, text: str, files: Sequence[File] = (), form_key: str, by: Account, at: datetime
) -> Message:
    """A message to the family; the same form twice is one."""
    with transaction.atomic():
        filing = hold(filing)
        known = filing.messages.filter(form_key=form_key).first()
        if known:
            return known
        message = filing.messages.create(
            side=Message.Side.DESK, author=str(by), author_id=by.public_id, text=text, sent_at=at, form_key=form_key
        )
        message.files.set(files)
        touch(filing)
        telling.to_family(filing, "filings/mail/message", at=at, author=str(by))
        telling.record(filing, history.WRITTEN, by=by.actor, at=at)
    return message


def note(filing: Filing, *, text: str, form_key: str, by: Account, at: datetime) -> Note:
    """Among agents; the same form twice is one."""
    defaults = {"text": text, "author": str(by), "written_at": at}
    return Note.objects.get_or_create(filing=filing, form_key=form_key, defaults=defaults)[0]
