"""An agent says whether a document shows what it should."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from xpassfam.accounts.models.channels import Subject
from xpassfam.accounts.telling import mail
from xpassfam.documents import history
from xpassfam.documents.models import BY_SYSTEM, Document, Verdict
from xpassfam.documents.readers import handlers
from xpassfam.documents.shown import told_title
from xpassfam.documents.telling import record
from xpassfam.documents.uses import uses_of
from xpassfam.journal.actions import Actor
from xpassfam.people.actions.holding import hold
from xpassfam.vault import actions as vault
from xpassfam.vault import words
from xpassfam.vault.models import File
from xpassfam.vault.scanning import note_told

BATCH = 500
CODES = {Verdict.ACCEPTED: history.ACCEPTED, Verdict.REFUSED: history.REFUSED}
MAILS = {Verdict.ACCEPTED: "documents/mail/accepted", Verdict.REFUSED: "documents/mail/refused"}


# Who judges what the virus scanner destroyed, and what nobody checks; agents have a name.
SYSTEM = Actor(kind=BY_SYSTEM)


class NotScanned(Exception):
    """A file waits for the virus scanner: nobody has read it, so nobody judges it."""


class NothingLeft(Exception):
    """It went before anybody had looked at it: destroyed by the virus scanner, or erased unchecked."""


class NoReason(Exception):
    """A document is never refused, nor asked for again, without saying why."""


class AlreadyJudged(Exception):
    """Somebody was quicker, or the virus scanner."""


class NotJudged(Exception):
    """There is no verdict to withdraw."""


def judge(document: Document, *, verdict: Verdict, reason: str = "", by: Actor, at: datetime) -> Document:
    """Accept or refuse; a later verdict replaces an earlier one. What is checked then erased goes at once.

    Raise NoReason, NotScanned, NothingLeft.
    """
    reason = reason.strip()
    if verdict is Verdict.REFUSED and not reason:
        raise NoReason
    with transaction.atomic():
        document = _held(document)
        if (document.verdict, document.reason) == (verdict, reason):
            return document
        if by != SYSTEM:
            refuse_unseen(document)
        _write(document, verdict, reason, by=by, at=at)
        told = {"reason": reason} if verdict is Verdict.REFUSED else {}
        if document.described.is_erased and not document.erased_at:
            _erase(document, at=at)
            record(history.ERASED, document, by=by, at=at)
        record(CODES[verdict], document, by=by, at=at, **told)
    return document


def check(document: Document, *, verdict: Verdict, reason: str = "", by: Actor, at: datetime) -> Document:
    """The first verdict on what was given in advance: no request says what became of it, so a mail does.

    Raise AlreadyJudged, NoReason, NotScanned.
    """
    with transaction.atomic():
        if _held(document).verdict != Verdict.PENDING:
            raise AlreadyJudged
        document = judge(document, verdict=verdict, reason=reason, by=by, at=at)
        _tell(document, MAILS[verdict], at=at)
    return document


def refuse_unseen(document: Document) -> None:
    """What nobody can look at is not judged. Raise NotScanned, NothingLeft."""
    if document.is_gone_unseen:
        raise NothingLeft
    if document.attached.filter(file__state=File.State.QUARANTINED).exists():
        raise NotScanned


def refuse_destroyed(*, at: datetime, most: int = BATCH) -> int:
    """Documents of which the virus scanner destroyed a file: refused, with what to do; return how many."""
    found = Document.objects.filter(attached__file__in=File.objects.infected().filter(told_at=None)).distinct()
    count = 0
    for document in list(found.order_by("pk")[:most]):
        files = [one.file for one in document.attached.select_related("file") if one.file.is_infected]
        with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
            note_told(files, at=at)
            reason = words.destroyed([file.name for file in files])
            refused = judge(document, verdict=Verdict.REFUSED, reason=reason, by=SYSTEM, at=at)
            if not uses_of([document], None)[document.pk]:  # else the request that it was given for says so
                _tell(refused, MAILS[Verdict.REFUSED], at=at)
        count += 1
    return count


def erase_unchecked(document: Document, *, at: datetime) -> bool:
    """Of a kind that is checked, then erased, one that nobody will check any more: no file of it stays, and it is to be
    given again. False where somebody judged it meanwhile.
    """
    with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        document = _held(document)
        if document.verdict != Verdict.PENDING:
            return False
        reason = _("Personne n’avait plus à vérifier ce document : il est effacé. Une autre demande le redemandera.")
        _write(document, Verdict.WITHDRAWN, reason, by=SYSTEM, at=at)
        _erase(document, at=at)
        record(history.ERASED_UNCHECKED, document, by=SYSTEM, at=at)
    return True


def withdraw_verdict(document: Document, *, reason: str, by: Actor, at: datetime) -> Document:
    """The only way to ask again for a document that is good: the family reads why. Raise NotJudged, NoReason."""
    reason = reason.strip()
    if not reason:
        raise NoReason
    with transaction.atomic():
        document = _held(document)
        if document.verdict not in CODES:
            raise NotJudged
        was_good = document.is_accepted_on(timezone.localdate(at))
        _write(document, Verdict.WITHDRAWN, reason, by=by, at=at)
        document.withdrawals.create(at=at, by=document.verdict_by, reason=reason, was_good=was_good)
        record(history.WITHDRAWN, document, by=by, at=at, reason=reason)
    return document


def ask_again(document: Document, *, reason: str, by: Actor, at: datetime) -> Document:
    """Withdraw its verdict where no request says so: who handles it gets a mail. Raise as `withdraw_verdict`."""
    with transaction.atomic():
        document = withdraw_verdict(document, reason=reason, by=by, at=at)
        _tell(document, "documents/mail/again", at=at)
    return document


def _tell(document: Document, template: str, *, at: datetime) -> None:
    """Whoever handles it. The reason is on its page: a mail crosses the world."""
    with translation.override(settings.LANGUAGE_CODE):
        said = {"document": told_title(document), "page": f"/mon-compte/documents/{document.public_id}/"}
    for account in handlers([document], household=document.household_id, on=timezone.localdate(at)):
        # What is good may wait on the page; what is to be sent again must not.
        subject = Subject.DOCUMENTS if template == MAILS[Verdict.ACCEPTED] else Subject.REQUESTS
        mail(account, template, at=at, subject=subject, is_erased=bool(document.erased_at), **said)


def _held(document: Document) -> Document:
    """Its home first, in the order of all: what the home has the right to may change with it."""
    hold(document.household_id)
    return Document.objects.select_for_update(of=("self",)).get(pk=document.pk)


def _write(document: Document, verdict: Verdict, reason: str, *, by: Actor, at: datetime) -> None:
    document.verdict, document.reason = verdict, reason
    document.verdict_by, document.verdict_at = by.name or by.kind, at
    document.save(update_fields=["verdict", "reason", "verdict_by", "verdict_at"])


def _erase(document: Document, *, at: datetime) -> None:
    for attached in document.attached.select_related("file"):
        attached.delete()
        vault.discard(attached.file)
    pdf, document.pdf, document.erased_at = document.pdf, None, at
    document.save(update_fields=["pdf", "erased_at"])
    if pdf:
        vault.discard(pdf)
