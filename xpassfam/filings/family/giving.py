"""A family gives documents for a filing: files become a document of the family, and the document serves here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from xpassfam.accounts import devices
from xpassfam.documents.actions import giving
from xpassfam.documents.models import Document
from xpassfam.documents.uploads import Uploads
from xpassfam.filings import given_once
from xpassfam.filings.family.supporting import Entry
from xpassfam.filings.forms.pieces import PiecesForm
from xpassfam.people.access import FamilyRequest
from xpassfam.people.models import Household, Person

UploadsByEntry = Mapping[str, Uploads]
MOST_SHOWN = 100
# An entry, the document that serves for it, and whether the family had given it before.
Serve = Callable[[Entry, Document, bool], object]


def read_uploads(request: FamilyRequest, entries: Sequence[Entry], *, at: datetime) -> UploadsByEntry:
    return {entry.prefix: Uploads.read(request, f"{entry.prefix}-files", at=at) for entry in entries}


def numbered_as_shown(request: FamilyRequest, entries: Sequence[Entry]) -> list[Entry]:
    """With the numbers that the page gave them: what is asked may have changed since, and a file is for what was read
    beside it.
    """
    shown = _shown(request)
    numbers = {key: number for number, key in enumerate(shown, 1)}
    others = count(len(shown) + 1)
    return [replace(entry, number=numbers.get(entry.key) or next(others)) for entry in entries]


def holds_what_is_not_asked(request: FamilyRequest, entries: Sequence[Entry]) -> bool:
    """Whether files came for something that the page showed and that is asked no more."""
    asked = {entry.key for entry in entries}
    names = [f"p{number}-files" for number, key in enumerate(_shown(request), 1) if key not in asked]
    return any(request.POST.getlist(name) or any(request.FILES.getlist(name)) for name in names)


def _shown(request: FamilyRequest) -> list[str]:
    data = request.POST if request.method == "POST" else getattr(request, "stale_post", None)
    return str(data.get("asked", "")).split()[:MOST_SHOWN] if data else []


def pieces_form(request: FamilyRequest, entries: Sequence[Entry], uploads: UploadsByEntry, **how: Any) -> PiecesForm:
    """With what was sent, or what a page that stayed open too long had sent."""
    data = request.POST if request.method == "POST" else getattr(request, "stale_post", None)
    return PiecesForm(data, entries=entries, uploads=uploads, today=request.access.on, **how)


def take(
    request: FamilyRequest,
    form: PiecesForm,
    uploads: UploadsByEntry,
    *,
    key: str,
    serve: Serve,
    is_private: bool,
    at: datetime,
) -> bool:
    """Each piece that is good is given, whatever is wrong with the others; False where something is wrong."""
    form.full_clean()
    for entry in form.entries:
        if not form.is_good(entry):
            continue
        if form.files_of(entry):
            try:
                document = _received(request, form, entry, key=key, is_private=is_private, at=at)
                serve(entry, document, False)
                uploads[entry.prefix].kept.clear()
            except giving.Gone:
                uploads[entry.prefix].problems.append(_("Un fichier n’est plus là. Choisissez-le à nouveau."))
        elif entry.offer and (entry.is_served or form.value(entry, "reuse")) and not form.value(entry, "why"):
            serve(entry, entry.offer, True)
    return not form.errors and not any(one.problems for one in uploads.values())


def _received(
    request: FamilyRequest, form: PiecesForm, entry: Entry, *, key: str, is_private: bool, at: datetime
) -> Document:
    kind = form.kind_of(entry)
    if kind is None:
        raise LookupError(entry.key)
    whose = given_once.whose(entry.asked, kind, request.access)
    person = get_object_or_404(Person.objects.visible_to(request.access), public_id=whose) if whose else None
    return giving.receive(
        get_object_or_404(Household.objects.visible_to(request.access), pk=request.access.household_id),
        kind=kind,
        person=person,
        uploads=form.files_of(entry),
        access=request.access,
        form_key=f"{key}-{entry.number}",
        issued_on=form.value(entry, "issued_on"),
        ends_on=form.value(entry, "ends_on"),
        is_private=is_private and not entry.piece.serves_home,
        by=devices.actor(request),
        at=at,
    )
