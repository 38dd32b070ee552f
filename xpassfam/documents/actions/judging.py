"""An agent says whether a document shows what it should."""

from datetime import datetime

from django.db import transaction

from xpassfam.documents import history
from xpassfam.documents.models import Document, Verdict
from xpassfam.documents.telling import record
from xpassfam.journal.actions import Actor
from xpassfam.vault import actions as vault

CODES = {Verdict.ACCEPTED: history.ACCEPTED, Verdict.REFUSED: history.REFUSED}


class NoReason(Exception):
    """A document is never refused, nor asked for again, without saying why."""


class NotJudged(Exception):
    """There is no verdict to withdraw."""


def judge(document: Document, *, verdict: Verdict, reason: str = "", by: Actor, at: datetime) -> Document:
    """Accept or refuse; a later verdict replaces an earlier one. What is checked then erased goes at once."""
    reason = reason.strip()
    if verdict is Verdict.REFUSED and not reason:
        raise NoReason
    with transaction.atomic():
        document = _locked(document)
        if (document.verdict, document.reason) == (verdict, reason):
            return document
        _write(document, verdict, reason, by=by, at=at)
        told = {"reason": reason} if verdict is Verdict.REFUSED else {}
        if document.described.is_erased and not document.erased_at:
            _erase(document, at=at)
            record(history.ERASED, document, by=by, at=at)
        record(CODES[verdict], document, by=by, at=at, **told)
    return document


def withdraw_verdict(document: Document, *, reason: str, by: Actor, at: datetime) -> Document:
    """The only way to ask again for a document that is good: the family reads why. Raise NotJudged, NoReason."""
    if not reason.strip():
        raise NoReason
    with transaction.atomic():
        document = _locked(document)
        if document.verdict not in CODES:
            raise NotJudged
        _write(document, Verdict.WITHDRAWN, reason.strip(), by=by, at=at)
        record(history.WITHDRAWN, document, by=by, at=at, reason=reason.strip())
    return document


def _locked(document: Document) -> Document:
    return Document.objects.select_for_update(of=("self",)).get(pk=document.pk)


def _write(document: Document, verdict: Verdict, reason: str, *, by: Actor, at: datetime) -> None:
    document.verdict, document.reason = verdict, reason
    document.verdict_by, document.verdict_at = by.name or by.kind, at
    document.save(update_fields=["verdict", "reason", "verdict_by", "verdict_at"])


def _erase(document: Document, *, at: datetime) -> None:
    for attached in document.attached.select_related("file"):
        attached.delete()
        vault.discard(attached.file)
    document.erased_at = at
    document.save(update_fields=["erased_at"])
