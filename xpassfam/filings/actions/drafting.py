"""A draft grows, section by section, on whichever device; nothing that was typed is lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from xpassfam.documents.models import NO_GOOD, Document
from xpassfam.filings import account_numbers, asking
from xpassfam.filings.actions.keeping import FIELDS, Kept, Unsent, put
from xpassfam.filings.actions.using import give, keep_private
from xpassfam.filings.contested import decision_named
from xpassfam.filings.correcting import NotCorrectable, may_be_corrected
from xpassfam.filings.holding import NotAllowed, hold_for, may_act
from xpassfam.filings.models import Decision, Filing, Piece
from xpassfam.filings.states import Status
from xpassfam.people.access import ActingAccess
from xpassfam.procedures.models import Version

MOST_DRAFTS = 20


class TooMany(Exception):
    """So many drafts wait already that no family could mean them all."""


class NotContestable(Exception):
    """The decision granted everything, was taken back, is contested already, or its last day has passed."""


class NotADraft(Exception):
    """It was sent, from another page or device."""


@dataclass(frozen=True)
class Saved:
    """`is_set_aside`: another page had saved this section since; what came now is kept beside it."""

    filing: Filing
    is_set_aside: bool


def start(
    version: Version,
    *,
    access: ActingAccess,
    start_key: str,
    at: datetime,
    corrects: Filing | None = None,
    contests: Decision | None = None,
) -> Filing:
    """A new draft; the same form twice is one. A correction begins with the answers and pieces of what it corrects.

    Raise NotAllowed, TooMany, NotContestable or NotCorrectable.
    """
    linked = [one for one in (corrects, contests and contests.filing) if one]
    if not access.may("requests") or not all(_is_theirs(one, access) for one in linked):
        raise NotAllowed
    if contests:
        refuse_what_can_not_be_contested(contests, on=access.on)
    if corrects:
        corrects.refresh_from_db(fields=["status", "silence_told_at"])
        if not may_be_corrected(corrects):
            raise NotCorrectable
    if Filing.objects.drafts().filter(filed_by=access.person_id).exclude(start_key=start_key).count() >= MOST_DRAFTS:
        raise TooMany
    with transaction.atomic():
        filing, is_new = Filing.objects.get_or_create(
            filed_by_id=access.person_id,
            start_key=start_key,
            defaults={
                "procedure_version": version,
                "household_id": access.household_id,
                "is_private": version.definition.private or any(one.is_private for one in linked),
                "is_complaint": version.definition.is_complaint,
                "started_at": at,
                "saved_at": at,
                "answers": account_numbers.without(corrects) if corrects else {},
                "corrects": corrects,
                "contests": contests,
            },
        )
        if is_new and corrects:
            _carry_pieces(corrects, filing, access=access, at=at)
    return filing


def save(
    filing: Filing, *, section: str, answers: Mapping[str, Any], seen: int, access: ActingAccess, at: datetime
) -> Saved:
    """Keep the answers of one section. `seen` is the revision of the section that the page showed.

    Raise NotADraft or NotAllowed.
    """
    with transaction.atomic():
        filing = _draft(filing, access)
        opened, kept = account_numbers.opened(filing), account_numbers.locked(filing, answers)
        known = {field: opened.get(field) for field in answers}
        is_set_aside = seen != filing.revisions.get(section, 0) and known != dict(answers)
        if is_set_aside:
            filing.set_aside[section] = {"at": at.isoformat(), "answers": kept}
        else:
            _keep(filing, section, kept, access)
        filing.saved_at = at
        filing.save(update_fields=["answers", "revisions", "set_aside", "saved_at", "is_private"])
    return Saved(filing, is_set_aside)


def choose_aside(filing: Filing, *, section: str, is_taken: bool, access: ActingAccess, at: datetime) -> Filing:
    """What was set aside takes the place of what is there, or goes. Raise NotADraft or NotAllowed."""
    with transaction.atomic():
        filing = _draft(filing, access)
        aside = filing.set_aside.pop(section, None)
        if aside and is_taken:
            _keep(filing, section, aside["answers"], access)
        filing.saved_at = at
        filing.save(update_fields=["answers", "revisions", "set_aside", "saved_at", "is_private"])
    return filing


def add_piece(
    filing: Filing,
    *,
    key: str,
    document: Document,
    is_reused: bool = False,
    access: ActingAccess,
    at: datetime,
) -> Piece:
    """Give a document for what the definition calls `key`; the same twice is one. Raise NotADraft or NotAllowed."""
    with transaction.atomic():
        filing = _draft(filing, access)
        piece, _is_new = give(filing, key=key, document=document, is_reused=is_reused, access=access, at=at)
        if key in filing.missing:
            del filing.missing[key]
        filing.saved_at = at
        filing.save(update_fields=["missing", "saved_at"])
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
    """What the page of documents holds before it is given: see `keeping.put`. Raise NotADraft or NotAllowed."""
    with transaction.atomic():
        filing = _draft(filing, access)
        kept = put(filing, unsent, seen=seen, is_taken=is_taken, access=access, at=at)
        filing.saved_at = at
        filing.save(update_fields=[*FIELDS, "saved_at"])
    return kept


def remove_piece(filing: Filing, *, piece_id: int, access: ActingAccess, at: datetime) -> None:
    """The document itself stays the family's. Raise NotADraft or NotAllowed."""
    with transaction.atomic():
        filing = _draft(filing, access)
        filing.pieces.filter(pk=piece_id).delete()
        Filing.objects.filter(pk=filing.pk).update(saved_at=at)


def tell_missing(filing: Filing, *, key: str, why: str, access: ActingAccess, at: datetime) -> Filing:
    """The family says why it can't give a piece now: it may send all the same. Without a word, that is taken back.

    Raise NotADraft or NotAllowed.
    """
    with transaction.atomic():
        filing = _draft(filing, access)
        if why:
            filing.missing[key] = why
        else:
            filing.missing.pop(key, None)
        filing.saved_at = at
        filing.save(update_fields=["missing", "saved_at"])
    return filing


def discard(filing: Filing, *, access: ActingAccess) -> None:
    """What was never sent leaves no trace. Raise NotADraft or NotAllowed."""
    with transaction.atomic():
        _draft(filing, access).delete()


def refuse_what_can_not_be_contested(decision: Decision, *, on: date, by: Filing | None = None) -> None:
    """`by` is the contest itself, when it is sent. One query."""
    others = [one for one in decision.contests.pending() if one != by]
    is_open = decision.contest_until is not None and on <= decision.contest_until
    if not is_open or decision.superseded_at or others:
        raise NotContestable


def _is_theirs(filing: Filing, access: ActingAccess) -> bool:
    """Sent, and theirs to take up again."""
    is_seen = Filing.objects.visible_to(access).exclude(status=Status.DRAFT).filter(pk=filing.pk).exists()
    return is_seen and may_act(filing, access)


def _keep(filing: Filing, section: str, answers: Mapping[str, Any], access: ActingAccess) -> None:
    """A complaint that names what is private is private from then on."""
    filing.answers.update(answers)
    filing.revisions[section] = filing.revisions.get(section, 0) + 1
    named = None if filing.is_private else decision_named(filing, access)
    if named and named.filing.is_private:
        keep_private(filing)


def _draft(filing: Filing, access: ActingAccess) -> Filing:
    try:
        filing = hold_for(filing, access)
    except Filing.DoesNotExist:
        raise NotAllowed from None
    if filing.status != Status.DRAFT:
        raise NotADraft
    return filing


def _carry_pieces(corrected: Filing, draft: Filing, *, access: ActingAccess, at: datetime) -> None:
    """Pieces are kept after a refusal, but for those that were found wrong, were withdrawn or renewed since, or are not
    the viewer's to read.
    """
    good = corrected.pieces.filter(replaced_at=None, verdict__in=asking.GOOD_HERE)
    no_good = Document.objects.filter(verdict__in=NO_GOOD)
    kept = good.filter(document__in=Document.objects.visible_to(access).in_force()).exclude(document__in=no_good)
    Piece.objects.bulk_create(
        Piece(
            filing=draft,
            key=piece.key,
            document_id=piece.document_id,
            is_reused=True,
            added_at=at,
        )
        for piece in kept
    )
