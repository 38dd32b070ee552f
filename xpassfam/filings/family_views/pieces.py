"""The documents of a draft: what was given before is offered first, one bad file leaves the others."""

from datetime import datetime

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from xpassfam.documents.models import Document
from xpassfam.filings.actions import drafting
from xpassfam.filings.asking import PIECES
from xpassfam.filings.family import giving, waiting
from xpassfam.filings.family.doors import filing_of, form_key, on_draft
from xpassfam.filings.family.path import facts_for, path_of, pieces_of_draft
from xpassfam.filings.family.supporting import Entry, entries
from xpassfam.filings.forms.pieces import PiecesForm
from xpassfam.filings.models import Filing
from xpassfam.people.access import FamilyRequest
from xpassfam.rules.identifiers import new_public_id
from xpassfam.ui import words

BACK_TO_CHECK = "verifier"


@on_draft
def pieces(request: FamilyRequest, draft: Filing) -> HttpResponse:
    facts, now = facts_for(draft, request.access), timezone.now()
    path = path_of(draft, facts, at=PIECES)
    if path is None:
        return redirect("filings:check", draft.public_id)
    asked = pieces_of_draft(draft, facts)
    if request.method == "POST":
        _remove(request, draft, at=now)
    found = entries(draft, asked, request.access)
    uploads = giving.read_uploads(request, found, at=now)
    if request.method != "POST" and not hasattr(request, "stale_post"):
        waiting.bring_back(draft, found, uploads, request.access)
    form = giving.pieces_form(request, found, uploads, typed=waiting.typed(draft, request.access))
    if request.method == "POST":
        if _take(request, draft, form, uploads, at=now):
            return redirect(_next(request, draft, path.next_url))
        draft = filing_of(request, draft.public_id)
        form = giving.pieces_form(request, entries(draft, asked, request.access), uploads)
    context = {"path": path, "draft": draft, "form": form, "key": new_public_id()}
    return render(request, "filings/family/pieces.html", context)


@require_POST
@on_draft
def keep(request: FamilyRequest, draft: Filing) -> HttpResponse:
    """What the page saves by itself: the files that it holds, and what is typed beside them."""
    asked = pieces_of_draft(draft, facts_for(draft, request.access))
    unsent = waiting.held_by_page(request, entries(draft, asked, request.access))
    draft = drafting.keep_unsent(draft, unsent, access=request.access, at=timezone.now())
    return JsonResponse({"saved_at": words.clock(draft.saved_at)})


def _take(
    request: FamilyRequest, draft: Filing, form: PiecesForm, uploads: giving.UploadsByEntry, *, at: datetime
) -> bool:
    access = request.access

    def serve(entry: Entry, document: Document, is_reused: bool) -> None:
        drafting.add_piece(draft, key=entry.key, document=document, is_reused=is_reused, access=access, at=at)

    private = draft.is_private
    is_good = giving.take(request, form, uploads, key=form_key(request), serve=serve, is_private=private, at=at)
    for entry in form.entries:
        why = form.value(entry, "why") or ""
        if not form.files_of(entry) and why != (entry.missing or ""):
            drafting.tell_missing(draft, key=entry.key, why=why, access=access, at=at)
    drafting.keep_unsent(draft, waiting.not_given(form, uploads), access=access, at=at)
    return is_good


def _remove(request: FamilyRequest, draft: Filing, *, at: datetime) -> None:
    piece = request.POST.get("remove", "")
    if piece.isascii() and piece.isdigit() and len(piece) < 19:
        drafting.remove_piece(draft, piece_id=int(piece), access=request.access, at=at)


def _next(request: FamilyRequest, draft: Filing, further: str) -> str:
    """Further on; here again after a document was taken out; back to the last look for who came from there."""
    if "remove" in request.POST:
        return request.get_full_path()
    return reverse("filings:check", args=[draft.public_id]) if request.GET.get("retour") == BACK_TO_CHECK else further
