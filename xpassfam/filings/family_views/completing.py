"""What an agent asked for is given: documents and answers on one page."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from xpassfam.accounts import devices, returning
from xpassfam.documents.models import Document
from xpassfam.filings import asking
from xpassfam.filings.actions import following
from xpassfam.filings.actions.keeping import Kept, Unsent
from xpassfam.filings.family import giving, late, waiting
from xpassfam.filings.family.completing import Wanted, last_wanted_of, wanted_of
from xpassfam.filings.family.doors import acting_on_sent, filing_of, form_key, must_prove
from xpassfam.filings.family.saving import to_keep
from xpassfam.filings.family.supporting import Entry
from xpassfam.filings.family_views import followed
from xpassfam.filings.forms.pieces import PiecesForm
from xpassfam.filings.models import Filing
from xpassfam.filings.states import NotPossible
from xpassfam.people.access import FamilyRequest
from xpassfam.procedures.facts import facts_of
from xpassfam.procedures.forms import SectionForm
from xpassfam.rules.identifiers import new_public_id
from xpassfam.ui import words

KEPT_ASIDE = gettext_lazy(
    "Une autre page a changé ces réponses. Ce que vous écrivez ici est gardé à part : envoyez pour choisir."
)
CHOSEN = gettext_lazy("C’est noté : relisez, puis envoyez.")
READ_AGAIN = gettext_lazy("Une autre page a changé vos réponses. Rien n’est perdu : relisez, puis envoyez.")
NOTHING_AWAITED = gettext_lazy(
    "Cette demande n’attend plus de complément. Gardez cette page ouverte : envoyez pour en faire un message."
)


@acting_on_sent
def complete(request: FamilyRequest, filing: Filing) -> HttpResponse:
    wanted, now = wanted_of(filing), timezone.now()
    if wanted is None:
        return _too_late(request, filing) if request.method == "POST" else redirect("filings:filing", filing.public_id)
    found = giving.numbered_as_shown(request, wanted.entries(request.access))
    uploads = giving.read_uploads(request, found, at=now)
    if request.method != "POST" and not hasattr(request, "stale_post"):
        waiting.bring_back(filing, found, uploads, request.access)
    typed = waiting.typed(filing, request.access)
    pieces = giving.pieces_form(request, found, uploads, asks_why=False, typed=typed)
    answers = _answers(request, wanted)
    if request.method != "POST":
        return _page(request, wanted, pieces, answers, seen=waiting.seen_by(request, filing))
    try:
        return _sent(request, wanted, pieces, uploads, answers)
    except NotPossible:
        return _too_late(request, filing_of(request, filing.public_id))


def _sent(
    request: FamilyRequest,
    wanted: Wanted,
    pieces: PiecesForm,
    uploads: giving.UploadsByEntry,
    answers: SectionForm | None,
) -> HttpResponse:
    """Raise NotPossible."""
    if waiting.chosen(request) is not None:
        _keep(request, wanted, waiting.held_by(pieces, uploads, _answered(request, wanted, answers)))
        messages.info(request, CHOSEN)
        return redirect(request.get_full_path())
    is_whole, kept, unsent = _take(request, wanted, pieces, uploads, answers)
    if answers and not answers.is_valid():
        is_whole = False
    missing: list[str] = []
    if is_whole and not (answers and answers.is_half_way):
        if waiting.is_unsettled(kept, pieces, unsent, request.access):
            if waiting.set_aside_at(kept.filing, request.access) is None:
                messages.warning(request, READ_AGAIN, extra_tags="focus")
            return redirect(request.get_full_path())
        try:
            return _done(request, wanted, answers)
        except following.NotEverything as refusal:
            missing = list(refusal.missing)
        except following.NotNow as refusal:
            missing = list(refusal.reasons)
    found = giving.numbered_as_shown(request, wanted.entries(request.access))
    again = giving.pieces_form(request, found, uploads, asks_why=False)
    return _page(request, wanted, again, answers, missing=missing, seen=kept.revision)


@require_POST
@acting_on_sent
def keep(request: FamilyRequest, filing: Filing) -> HttpResponse:
    """What the page saves by itself: the files that it holds, what is typed beside them, and the answers."""
    wanted = wanted_of(filing)
    if wanted is None:
        return JsonResponse({"aside": NOTHING_AWAITED})
    answered = _answered(request, wanted, _answers(request, wanted))
    found = giving.numbered_as_shown(request, wanted.entries(request.access))
    try:
        kept = _keep(request, wanted, waiting.held_by_page(request, found, answered))
    except NotPossible:
        return JsonResponse({"aside": NOTHING_AWAITED})
    if kept.is_aside:
        return JsonResponse({"aside": KEPT_ASIDE})
    return JsonResponse({"saved_at": words.clock(timezone.now()), "revision": kept.revision})


def _keep(request: FamilyRequest, wanted: Wanted, unsent: Unsent) -> Kept:
    """Raise NotPossible."""
    return following.keep_unsent(
        wanted.filing,
        unsent,
        seen=waiting.seen_by(request, wanted.filing),
        is_taken=waiting.chosen(request),
        access=request.access,
        at=timezone.now(),
    )


def _too_late(request: FamilyRequest, filing: Filing) -> HttpResponse:
    """It was completed from another page, or awaits nothing more: what this one held is shown, to be judged."""
    wanted = last_wanted_of(filing)
    if wanted is None:
        return redirect("filings:filing", filing.public_id)
    found = giving.numbered_as_shown(request, wanted.entries(request.access))
    theirs, key = Document.objects.visible_to(request.access), form_key(request)
    if theirs.given_with_any([f"{key}-{entry.number}" for entry in found], by=request.access):
        return followed.too_late(request, filing, Unsent({}))
    uploads = giving.read_uploads(request, found, at=timezone.now())
    pieces = giving.pieces_form(request, found, uploads, asks_why=False)
    answers = _answers(request, wanted)
    unsent = waiting.held_by(pieces, uploads, to_keep(answers) if answers else {})
    unread = late.unread(answers, request.POST) if answers else []
    return followed.too_late(request, filing, unsent, unread=unread)


def _answers(request: FamilyRequest, wanted: Wanted) -> SectionForm | None:
    if not wanted.fields:
        return None
    stale = getattr(request, "stale_post", None)
    data = request.POST if request.method == "POST" else stale
    kept = waiting.answers(wanted.filing, request.access)
    facts = facts_of(request.access, wanted.filing.definition)
    return wanted.form(facts, data, kept=kept, is_half_way=stale is not None)


def _answered(request: FamilyRequest, wanted: Wanted, answers: SectionForm | None) -> Mapping[str, Any]:
    """What of it is good; as before, while a row is added."""
    if answers is None or answers.is_half_way:
        return waiting.answers(wanted.filing, request.access)
    return to_keep(answers)


def _take(
    request: FamilyRequest,
    wanted: Wanted,
    form: PiecesForm,
    uploads: giving.UploadsByEntry,
    answers: SectionForm | None,
) -> tuple[bool, Kept, Unsent]:
    """Whether all of it is good, and what was kept of it. Raise NotPossible."""
    now = timezone.now()

    def serve(entry: Entry, document: Document, is_reused: bool) -> None:
        filing, access = wanted.filing, request.access
        following.add_piece(filing, key=entry.key, document=document, is_reused=is_reused, access=access, at=now)

    private = wanted.filing.is_private
    is_good = giving.take(request, form, uploads, key=form_key(request), serve=serve, is_private=private, at=now)
    unsent = waiting.not_given(form, uploads, _answered(request, wanted, answers))
    return is_good, _keep(request, wanted, unsent), unsent


def _done(request: FamilyRequest, wanted: Wanted, answers: SectionForm | None) -> HttpResponse:
    """Raise NotPossible, NotNow or NotEverything."""
    filing = wanted.filing
    if wanted.completion is None:
        missing = asking.reserve_missing(filing, wanted.keys)
        if len(missing) == len(wanted.keys):
            raise following.NotEverything([asking.told_label(filing, key) for key in missing])
        messages.success(request, _("Merci. Nous vérifions ce que vous avez ajouté."))
        return redirect("filings:filing", filing.public_id)
    if answers and must_prove(request, filing):
        return returning.ask_again_who(request)
    following.complete(
        filing,
        answers=to_keep(answers) if answers else {},
        access=request.access,
        by=devices.actor(request),
        at=timezone.now(),
    )
    messages.success(request, _("Merci, c’est complet. C’est à nous maintenant."))
    return redirect("filings:filing", filing.public_id)


def _page(
    request: FamilyRequest,
    wanted: Wanted,
    pieces: PiecesForm,
    answers: SectionForm | None,
    *,
    seen: int,
    missing: list[str] | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "filing": wanted.filing,
        "completion": wanted.completion,
        "limits": wanted.limits,
        "pieces": pieces,
        "form": answers or pieces,
        "beside": pieces if answers else None,
        "answers": answers,
        "missing": missing or [],
        "key": new_public_id(),
        "is_sent": True,
        "seen": seen,
    }
    if request.method != "POST":
        context["differences"] = waiting.differences(wanted.filing, pieces, request.access)
        context["set_aside_at"] = waiting.set_aside_at(wanted.filing, request.access)
    return render(request, "filings/family/complete.html", context)
