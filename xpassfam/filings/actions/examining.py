"""Agents examine: take, give, ask, write, judge pieces; every opening is in the family's history."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from xpassfam.accounts.models import Account, Team
from xpassfam.documents.actions import judging
from xpassfam.documents.models import Verdict
from xpassfam.filings import asking, history, telling
from xpassfam.filings.clocks import reckon
from xpassfam.filings.holding import (
    Overtaken,
    hold,
    hold_home,
    hold_unchanged,
    refuse_against_silence,
    refuse_same_hand,
    step,
    touch,
)
from xpassfam.filings.models import Completion, Decision, Filing, Message, Note, Piece, Presence
from xpassfam.filings.paper import facts
from xpassfam.filings.states import Event, NotPossible, Status
from xpassfam.vault.models import File

READ_AGAIN_AFTER_SECONDS = 600
# Between the last day for what only helps and the one that was promised.
TO_READ_IT = timedelta(days=2)
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


class StillGood(Exception):
    """What is asked for again was accepted and is valid: say why. `labels`: which pieces."""

    def __init__(self, labels: Sequence[str]) -> None:
        self.labels = labels
        super().__init__(", ".join(labels))


class TooSoon(Exception):
    """The last day to complete is in the future."""


class NoTimeLeft(Exception):
    """What is asked for is not indispensable, and our answer is due: it is given without."""


def open_for_reading(filing: Filing, *, by: Account, at: datetime) -> None:
    """Say to the family that its filing is read, to the other agents who reads it; messages of the family are read."""
    with transaction.atomic():
        _be_there(filing, by=by, at=at)
        filing.messages.filter(side=Message.Side.FAMILY, read_at=None).update(read_at=at)


def stay(filing: Filing, *, by: Account, at: datetime) -> None:
    """Its page is open, and seen; come back to after a while, it is read again."""
    with transaction.atomic():
        _be_there(filing, by=by, at=at)


def note_taken(filing: Filing, *, by: Account, at: datetime) -> None:
    """An agent takes a paper or a file away: in the family's history, unless the page that leads to it is there."""
    since = at - timedelta(seconds=READ_AGAIN_AFTER_SECONDS)
    if not filing.presences.filter(account=by, seen_at__gt=since).exists():
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


def take_next(*, by: Account, at: datetime) -> Filing | None:
    """What a family reminded us of, else the most urgent, that nobody follows, of no team or of one of the agent's;
    None where there is none.

    A row that another agent is taking is passed over. What contests a decision of the agent's own is another's, and so
    is what was opened again because that decision was wrong.
    """
    own = Q(team=None) | Q(team__in=by.teams.values("pk"))
    taken_back = Decision.objects.taken_back_from(by).filter(filing=OuterRef("pk"))
    with transaction.atomic():
        for filings in (Filing.objects.hurried(), Filing.objects.in_turn()):
            free = filings.filter(own, assigned_to=None)
            others = free.exclude(Q(contests__decided_by=by) | Q(contests__proposed_by=by)).exclude(Exists(taken_back))
            if found := others.order_by("due_on", "pk").select_for_update(of=("self",), skip_locked=True).first():
                return take(found, by=by, at=at)
    return None


def transfer(filing: Filing, *, to: Account | None, team: Team | None, seen: int, by: Account, at: datetime) -> Filing:
    """To another agent, or back to a team's queue. Raise Overtaken, NotPossible or NeedsAnother."""
    with transaction.atomic():
        filing = hold_unchanged(filing, seen=seen)
        refuse_same_hand(filing, by)
        if not filing.is_pending:
            raise NotPossible(filing.status, Event.EXAMINE)
        if to:
            refuse_same_hand(filing, to)
        filing.assigned_to, filing.team = to, team
        touch(filing, "assigned_to", "team")
    return filing


def refer(filing: Filing, *, on: date, seen: int, by: Account, at: datetime) -> Filing:
    """A committee that meets that day will look at it; of what is before one already, another day.

    Raise Overtaken, NotPossible, NeedsAnother, holding.AcceptedBySilence or TooSoon.
    """
    if on < timezone.localdate(at):
        raise TooSoon
    with transaction.atomic():
        filing = hold_unchanged(filing, seen=seen)
        refuse_same_hand(filing, by)
        refuse_against_silence(filing, at=at)
        before = filing.committee_on if filing.status == Status.COMMITTEE else None
        if before == on:
            return filing
        filing.committee_on = on
        step(filing, Event.REFER, "committee_on")
        if before:
            telling.to_family(filing, "filings/mail/rescheduled", at=at, on=on.isoformat(), before=before.isoformat())
            telling.record(filing, history.RESCHEDULED, by=by.actor, at=at, on=on, before=before)
        else:
            telling.to_family(filing, "filings/mail/referred", at=at, on=on.isoformat())
            telling.record(filing, history.REFERRED, by=by.actor, at=at, on=on)
    return filing


def recall(filing: Filing, *, seen: int, by: Account, at: datetime) -> Filing:
    """No committee looks at it after all: agents examine it. Raise Overtaken, NotPossible, NeedsAnother or
    holding.AcceptedBySilence.
    """
    with transaction.atomic():
        filing = hold_unchanged(filing, seen=seen)
        refuse_same_hand(filing, by)
        refuse_against_silence(filing, at=at)
        day, filing.committee_on = filing.committee_on, None
        if day is None:
            raise NotPossible(filing.status, Event.RECALL)
        step(filing, Event.RECALL, "committee_on")
        telling.to_family(filing, "filings/mail/recalled", at=at, before=day.isoformat())
        telling.record(filing, history.RECALLED, by=by.actor, at=at, on=day)
    return filing


def ask(
    filing: Filing,
    *,
    fields: Sequence[str],
    pieces: Sequence[str],
    text: str,
    until: date,
    why_again: str = "",
    seen: int,
    by: Account,
    at: datetime,
) -> Completion:
    """Ask the family to complete, by a date. Only what is indispensable stops the clock: the rest is awaited until
    `TO_READ_IT` before the day that was promised, then the examination goes on without it.

    A document that was accepted and is valid is asked for again by withdrawing its verdict, and the family reads
    `why_again`. Raise Overtaken, NotPossible, NothingAsked, StillGood, TooSoon or NoTimeLeft.

    Source: CRPA, art. L113-12 (what was given is not asked for again), L114-5, L114-5-1.
    """
    if not (fields or pieces) or not text.strip():
        raise NothingAsked
    if until <= timezone.localdate(at):
        raise TooSoon
    with transaction.atomic():
        filing = hold_unchanged(filing, seen=seen)
        refuse_same_hand(filing, by)
        refuse_against_silence(filing, at=at)
        _withdraw(asking.still_good(filing, pieces, on=timezone.localdate(at)), filing, why_again.strip(), by=by, at=at)
        stops_clock = bool(fields) or asking.is_any_indispensable(filing, pieces)
        if not stops_clock:
            until = min(until, _before_our_answer(filing, at=at))
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
        what = asking.told_in_words(filing, completion)
        mentions = facts.completion(completion)
        telling.to_family(filing, "filings/mail/to_complete", at=at, mentions=mentions)
        telling.record(filing, history.ASKED, by=by.actor, at=at, until=until, what=what)
    return completion


def _before_our_answer(filing: Filing, *, at: datetime) -> date:
    """The last day on which what only helps is of use. Raise NoTimeLeft."""
    last = filing.due_on - TO_READ_IT if filing.due_on else None
    if last is None or last <= timezone.localdate(at):
        raise NoTimeLeft
    return last


def extend(filing: Filing, *, until: date, seen: int, by: Account, at: datetime) -> Filing:
    """More time to complete; the delays that wait for the family move with it. Raise Overtaken, NeedsAnother,
    TooSoon, or NoTimeLeft where nothing waits for it.
    """
    if until <= timezone.localdate(at):
        raise TooSoon
    with transaction.atomic():
        filing = hold_unchanged(filing, seen=seen)
        refuse_same_hand(filing, by)
        if filing.completions.open().filter(stops_clock=False).exists():
            raise NoTimeLeft
        if filing.completions.open().update(until=until, reminded_on=None):
            touch(filing, *reckon(filing, filed_on=timezone.localdate(filing.filed_at)))
            telling.to_family(filing, "filings/mail/extended", at=at)
            telling.record(filing, history.EXTENDED, by=by.actor, at=at, until=until)
    return filing


def judge(piece: Piece, *, verdict: str, explanation: str, seen: str, by: Account, at: datetime) -> Piece:
    """What a document is worth here; the family's document learns it too. Raise NotPossible, NeedsAnother,
    Overtaken, judging.NotScanned, judging.NothingLeft.

    `seen`: `Piece.as_judged`, as the page showed it; what happens to the filing besides disturbs nobody. One that was
    accepted is not refused afterwards: its verdict is withdrawn, with the reason.
    """
    explanation = explanation.strip()
    with transaction.atomic():
        filing = hold(piece.filing)
        refuse_same_hand(filing, by)
        if not filing.reads_pieces:
            raise NotPossible(filing.status, Event.EXAMINE)
        hold_home(filing)
        held = Piece.objects.select_for_update(of=("self", "document")).select_related("document")
        piece = held.get(pk=piece.pk)
        judging.refuse_unseen(piece.document)
        if piece.replaced_at or piece.as_judged != seen:
            is_said = (piece.verdict, piece.explanation, piece.judged_by) == (verdict, explanation, str(by))
            if is_said and piece.is_judged_last_here:  # the same page, sent twice
                return piece
            raise Overtaken
        piece.verdict, piece.explanation = verdict, explanation
        piece.judged_at, piece.judged_by = (at, str(by)) if verdict != Piece.Verdict.PENDING else (None, "")
        piece.save(update_fields=["verdict", "explanation", "judged_at", "judged_by"])
        _judge_document(piece, by=by, at=at)
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


def _be_there(filing: Filing, *, by: Account, at: datetime) -> None:
    presence, is_new = Presence.objects.get_or_create(filing=filing, account=by, defaults={"seen_at": at})
    is_again = not is_new and (at - presence.seen_at).total_seconds() < READ_AGAIN_AFTER_SECONDS
    Presence.objects.filter(pk=presence.pk).update(seen_at=at)
    if not is_again:
        telling.record(filing, history.READ, by=by.actor, at=at)


def _judge_document(piece: Piece, *, by: Account, at: datetime) -> None:
    verdict, document = ON_THE_DOCUMENT.get(Piece.Verdict(piece.verdict)), piece.document
    if verdict is Verdict.REFUSED and document.verdict == Verdict.ACCEPTED:
        judging.withdraw_verdict(document, reason=piece.explanation, by=by.actor, at=at)
    elif verdict and not (verdict is Verdict.REFUSED and document.verdict == Verdict.WITHDRAWN):
        judging.judge(document, verdict=verdict, reason=piece.explanation, by=by.actor, at=at)


def _withdraw(pieces: Sequence[Piece], filing: Filing, reason: str, *, by: Account, at: datetime) -> None:
    """Of a held filing: its agent looks again at what comes in their place."""
    if pieces and not reason:
        raise StillGood([asking.label_of_piece(filing, piece.key) for piece in pieces])
    for piece in pieces:
        judging.withdraw_verdict(piece.document, reason=reason, by=by.actor, at=at)
        piece.verdict, piece.explanation, piece.judged_at, piece.judged_by = Piece.Verdict.PENDING, reason, None, ""
        piece.save(update_fields=["verdict", "explanation", "judged_at", "judged_by"])
