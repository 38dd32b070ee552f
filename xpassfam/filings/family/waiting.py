"""What a page that was not sent on holds: a session ends, a phone goes to sleep."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from xpassfam.documents.actions.giving import MOST_FILES
from xpassfam.documents.models import PendingUpload
from xpassfam.documents.uploads import Uploads
from xpassfam.filings.actions.keeping import Unsent
from xpassfam.filings.family.giving import UploadsByEntry, pieces_form
from xpassfam.filings.family.supporting import Entry
from xpassfam.filings.forms.pieces import PiecesForm, TypedByPiece
from xpassfam.filings.models import Filing
from xpassfam.people.access import ActingAccess, FamilyRequest
from xpassfam.rules.identifiers import is_public_id

DAYS = ("issued_on", "ends_on")
WORDS = ("kind", "why", *DAYS)


def held_by_page(request: FamilyRequest, entries: Sequence[Entry], answers: Mapping[str, Any] | None = None) -> Unsent:
    """As the page saves itself: nothing is refused, and of the files the page gives the names."""
    form = pieces_form(request, entries, {entry.prefix: Uploads(f"{entry.prefix}-files") for entry in entries})
    form.full_clean()
    files = {entry.key: _named(request.POST.getlist(f"{entry.prefix}-files")) for entry in entries}
    return Unsent(files, {entry.key: _typed(form, entry) for entry in entries}, answers or {})


def not_given(form: PiecesForm, uploads: UploadsByEntry, answers: Mapping[str, Any] | None = None) -> Unsent:
    """Of a page that was sent and of which something is to be mended."""
    files = {entry.key: [one.public_id for one in uploads[entry.prefix].kept] for entry in form.entries}
    wrong = [one for one in form.entries if files[one.key] or uploads[one.prefix].problems or not form.is_good(one)]
    return Unsent(files, {entry.key: _typed(form, entry) for entry in wrong}, answers or {})


def bring_back(filing: Filing, entries: Sequence[Entry], uploads: UploadsByEntry, access: ActingAccess) -> None:
    """Show the files as the page had them. One query, where there are any."""
    named = [one for ids in filing.waiting_files.values() for one in ids]
    found = PendingUpload.objects.visible_to(access).filter(public_id__in=named).select_related("file")
    known = {upload.public_id: upload for upload in found}
    for entry in entries:
        ids = filing.waiting_files.get(entry.key, [])
        uploads[entry.prefix].kept = [known[one] for one in ids if one in known]


def typed(filing: Filing, access: ActingAccess) -> TypedByPiece:
    """What stood beside the files of each piece: its writer's alone."""
    kept: Mapping[str, Mapping[str, str]] = _words(filing, access).get("typed", {})
    return {
        key: {name: date.fromisoformat(word) if name in DAYS else word for name, word in words.items()}
        for key, words in kept.items()
    }


def answers(filing: Filing, access: ActingAccess) -> Mapping[str, Any]:
    """What was answered on the same page: its writer's alone."""
    return _words(filing, access).get("answers", {})


def _words(filing: Filing, access: ActingAccess) -> Mapping[str, Any]:
    return filing.waiting_words if filing.waiting_words.get("by") == access.person else {}


def _typed(form: PiecesForm, entry: Entry) -> dict[str, str]:
    return {name: str(value) for name in WORDS if (value := form.value(entry, name))}


def _named(typed: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(one for one in typed if is_public_id(one)))[:MOST_FILES]
