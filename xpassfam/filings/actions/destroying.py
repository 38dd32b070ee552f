"""What the virus scanner destroyed, where it was given for a request: it counts as not given, and whoever may give it
again is told by mail and in the history.
"""

from datetime import datetime
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from xpassfam.documents.models import Document
from xpassfam.filings import asking, history, telling
from xpassfam.filings.actions.sending import MISSING_WITHIN
from xpassfam.filings.clocks import reckon
from xpassfam.filings.holding import hold, is_accepted_by_silence, step, touch
from xpassfam.filings.models import Completion, Filing, Message, Piece
from xpassfam.filings.paper import facts
from xpassfam.filings.states import AT_DESK, Event
from xpassfam.journal.actions import Actor
from xpassfam.vault import words
from xpassfam.vault.models import File
from xpassfam.vault.scanning import note_told

BATCH = 500
SCANNER = Actor(kind="system")


def tell(*, at: datetime, most: int = BATCH) -> int:
    """Return of how many requests. Each once, whatever ends the worker in between."""
    with translation.override(settings.LANGUAGE_CODE):
        return _tell_of_pieces(at=at, most=most) + _tell_of_messages(at=at, most=most)


def _tell_of_pieces(*, at: datetime, most: int) -> int:
    lost = Piece.objects.filter(document__in=Document.objects.destroyed(), verdict=Piece.Verdict.PENDING)
    rows = list(lost.filter(replaced_at=None).select_related("filing", "document").order_by("filing", "pk")[:most])
    count = 0
    for filing, pieces in groupby(rows, key=lambda piece: piece.filing):
        with transaction.atomic():
            _take_out(hold(filing), list(pieces), at=at)
        count += 1
    return count


def _take_out(filing: Filing, pieces: list[Piece], *, at: datetime) -> None:
    """Of a draft, it is no longer there. Of what was sent, its place says why, and it is asked for again."""
    keys = [piece.key for piece in pieces]
    told = words.listed([piece.document.described.label for piece in pieces])
    mine = Piece.objects.filter(pk__in=[piece.pk for piece in pieces], verdict=Piece.Verdict.PENDING)
    mentions = None
    if filing.is_draft:
        mine.delete()
    else:
        for piece in pieces:
            piece.verdict, piece.judged_at, piece.judged_by = Piece.Verdict.UNREADABLE, at, str(history.BY_SCANNER)
            piece.explanation = piece.document.reason
        Piece.objects.bulk_update(pieces, ["verdict", "judged_at", "judged_by", "explanation"])
        mentions = _ask_again(filing, keys, at=at)
    facts_told: dict[str, Any] = {"files": told} | ({"mentions": mentions} if mentions else {})
    telling.to_family(filing, "filings/mail/destroyed", at=at, **facts_told)
    if not filing.is_draft:
        telling.record(filing, history.DESTROYED, by=SCANNER, at=at, what=told)


def _ask_again(filing: Filing, keys: list[str], *, at: datetime) -> dict[str, str] | None:
    """What can't be done without stops the clock, as when it is missing from the first. Source: CRPA, art. L114-5."""
    asked = filing.completions.open().first()
    if asked:
        asked.pieces = [*asked.pieces, *(key for key in keys if key not in asked.pieces)]
        asked.stops_clock = asked.stops_clock or asking.is_any_indispensable(filing, keys)
        asked.save(update_fields=["pieces", "stops_clock"])
    elif _may_be_asked(filing, at=at) and asking.is_any_indispensable(filing, keys):
        until = timezone.localdate(at + MISSING_WITHIN)
        text = ", ".join(asking.label_of_piece(filing, key) for key in keys)
        asked = Completion(filing=filing, pieces=keys, text=text, until=until, asked_at=at, asked_by="")
        asked.save(force_insert=True)
        step(filing, Event.ASK)
        telling.record(filing, history.ASKED, by=SCANNER, at=at, until=until, what=text)
    if asked is None:
        touch(filing)
        return None
    touch(filing, *reckon(filing, filed_on=timezone.localdate(filing.filed_at)))
    return facts.completion(asked)


def _may_be_asked(filing: Filing, *, at: datetime) -> bool:
    return filing.status in AT_DESK and not is_accepted_by_silence(filing, at=at)


def _tell_of_messages(*, at: datetime, most: int) -> int:
    """Of the family's: an agent sees it beside their own message."""
    lost = File.objects.infected().filter(told_at=None)
    said = Message.objects.filter(files__in=lost, side=Message.Side.FAMILY).distinct()
    messages = list(said.select_related("filing").order_by("pk")[:most])
    for message in messages:
        with transaction.atomic():
            filing = hold(message.filing)
            files = list(message.files.filter(pk__in=lost))
            note_told(files, at=at)
            told = words.listed([file.name for file in files])
            telling.to_family(filing, "filings/mail/destroyed", at=at, files=told)
            telling.record(filing, history.DESTROYED, by=SCANNER, at=at, what=told)
    return len(messages)
