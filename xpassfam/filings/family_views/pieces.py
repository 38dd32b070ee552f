"""The documents of a draft: what was given before is offered first, one bad file leaves the others."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from xpassfam.documents.models import Document
from xpassfam.filings.actions import drafting
from xpassfam.filings.actions.keeping import WHY, Kept
from xpassfam.filings.asking import PIECES
from xpassfam.filings.family import giving, waiting
from xpassfam.filings.family.doors import filing_of, form_key, on_draft, on_draft_or
from xpassfam.filings.family.path import facts_for, path_of, pieces_of_draft
from xpassfam.filings.family.supporting import Entry, asked_again, entries
from xpassfam.filings.family_views import followed
from xpassfam.filings.forms.pieces import PiecesForm
from xpassfam.filings.models import Filing
from xpassfam.people.access import FamilyRequest
from xpassfam.rules.identifiers import new_public_id
from xpassfam.ui import words

BACK_TO_CHECK = "verifier"
KEPT_ASIDE = _(
    "Une autre page a changé cette étape. Ce que vous écrivez ici est gardé à part : continuez pour choisir."
)
NOT_ASKED = _("Vos réponses ont changé depuis une autre page : un document n’est plus demandé, il n’a pas été joint.")
CHOSEN = _("C’est noté : relisez, puis continuez.")
USELESS = _("« {piece} » a été donné depuis une autre page : votre explication n’est plus utile.")
READ_AGAIN = _("Une autre page a changé cette étape. Rien n’est perdu : relisez, puis continuez.")


def too_late(request: FamilyRequest, filing: Filing) -> HttpResponse:
    """The draft was sent from another page."""
    found = entries(filing, asked_again(filing, [one["key"] for one in filing.asked]), request.access, given=[])
    found = giving.numbered_as_shown(request, found)
    uploads = giving.read_uploads(request, found, at=timezone.now())
    return followed.too_late(request, filing, waiting.held_by(giving.pieces_form(request, found, uploads), uploads))


@on_draft_or(too_late)
def pieces(request: FamilyRequest, draft: Filing) -> HttpResponse:
    facts, now = facts_for(draft, request.access), timezone.now()
    path = path_of(draft, facts, at=PIECES)
    if path is None:
        return redirect("filings:check", draft.public_id)
    asked = pieces_of_draft(draft, facts)
    if request.method == "POST":
        _remove(request, draft, at=now)
    found = giving.numbered_as_shown(request, entries(draft, asked, request.access))
    uploads = giving.read_uploads(request, found, at=now)
    if request.method != "POST" and not hasattr(request, "stale_post"):
        waiting.bring_back(draft, found, uploads, request.access)
    form = giving.pieces_form(request, found, uploads, typed=waiting.typed(draft, request.access))
    seen = waiting.seen_by(request, draft)
    if request.method == "POST":
        if waiting.chosen(request) is not None:
            _choose(request, draft, form, uploads, at=now)
            messages.info(request, CHOSEN)
            return redirect(request.get_full_path())
        taken = _take(request, draft, form, uploads, at=now)
        if taken.is_good:
            return redirect(_next(request, taken, path.next_url))
        draft, seen = filing_of(request, draft.public_id), taken.kept.revision
        found = giving.numbered_as_shown(request, entries(draft, asked, request.access))
        form = giving.pieces_form(request, found, uploads)
    context = {"path": path, "draft": draft, "form": form, "key": new_public_id(), "seen": seen}
    if request.method != "POST":
        differences = waiting.differences(draft, form, request.access)
        context |= {"differences": differences, "set_aside_at": waiting.set_aside_at(draft, request.access)}
    return render(request, "filings/family/pieces.html", context)


@require_POST
@on_draft
def keep(request: FamilyRequest, draft: Filing) -> HttpResponse:
    """What the page saves by itself: the files that it holds, and what is typed beside them."""
    asked = pieces_of_draft(draft, facts_for(draft, request.access))
    found = giving.numbered_as_shown(request, entries(draft, asked, request.access))
    unsent = waiting.held_by_page(request, found)
    seen = waiting.seen_by(request, draft)
    kept = drafting.keep_unsent(draft, unsent, seen=seen, access=request.access, at=timezone.now())
    if kept.is_aside:
        return JsonResponse({"aside": KEPT_ASIDE})
    return JsonResponse({"saved_at": words.clock(kept.filing.saved_at), "revision": kept.revision})


@dataclass(frozen=True)
class Taken:
    """`is_unsettled`: another page keeps something that this one did not say."""

    kept: Kept
    is_good: bool
    is_unsettled: bool


def _take(
    request: FamilyRequest, draft: Filing, form: PiecesForm, uploads: giving.UploadsByEntry, *, at: datetime
) -> Taken:
    access = request.access

    def serve(entry: Entry, document: Document, is_reused: bool) -> None:
        drafting.add_piece(draft, key=entry.key, document=document, is_reused=is_reused, access=access, at=at)

    private = draft.is_private
    is_good = giving.take(request, form, uploads, key=form_key(request), serve=serve, is_private=private, at=at)
    for entry in form.entries:
        if entry.needs_nothing and request.POST.get(f"{entry.prefix}-{WHY}", "").strip():
            messages.info(request, USELESS.format(piece=entry.asked.label))
    if giving.holds_what_is_not_asked(request, form.entries):
        messages.warning(request, NOT_ASKED)
    unsent = waiting.not_given(form, uploads)
    kept = drafting.keep_unsent(draft, unsent, seen=waiting.seen_by(request, draft), access=access, at=at)
    return Taken(kept, is_good, is_good and waiting.is_unsettled(kept, form, unsent, access))


def _choose(
    request: FamilyRequest, draft: Filing, form: PiecesForm, uploads: giving.UploadsByEntry, *, at: datetime
) -> None:
    """Of two pages that were open at once, which words stay; what else the page holds waits on."""
    unsent, is_taken = waiting.held_by(form, uploads), waiting.chosen(request)
    seen = waiting.seen_by(request, draft)
    drafting.keep_unsent(draft, unsent, seen=seen, is_taken=is_taken, access=request.access, at=at)


def _remove(request: FamilyRequest, draft: Filing, *, at: datetime) -> None:
    piece = request.POST.get("remove", "")
    if piece.isascii() and piece.isdigit() and len(piece) < 19:
        drafting.remove_piece(draft, piece_id=int(piece), access=request.access, at=at)


def _next(request: FamilyRequest, taken: Taken, further: str) -> str:
    """Further on; here again after a document was taken out, and where another page kept something; back to the last
    look for who came from there.
    """
    if "remove" in request.POST:
        return request.get_full_path()
    if taken.is_unsettled:
        if waiting.set_aside_at(taken.kept.filing, request.access) is None:
            messages.warning(request, READ_AGAIN, extra_tags="focus")
        return request.get_full_path()
    draft = taken.kept.filing
    return reverse("filings:check", args=[draft.public_id]) if request.GET.get("retour") == BACK_TO_CHECK else further
