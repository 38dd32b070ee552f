"""A section of a draft: one page, saved at each step and in the background; nothing that was typed is lost."""

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xpassfam.filings import account_numbers, parting
from xpassfam.filings.actions import drafting
from xpassfam.filings.actions.drafting import Saved
from xpassfam.filings.actions.keeping import Unsent
from xpassfam.filings.family import late
from xpassfam.filings.family.doors import on_draft, on_draft_or
from xpassfam.filings.family.path import CHECK, Path, facts_for, path_of
from xpassfam.filings.family.saving import differences, set_aside_at, to_keep
from xpassfam.filings.family_views import followed
from xpassfam.filings.models import Filing
from xpassfam.people.access import FamilyRequest
from xpassfam.procedures.facts import Facts
from xpassfam.procedures.forms import SectionForm, section_form
from xpassfam.ui import words

BACK_TO_CHECK = "verifier"


def too_late(request: FamilyRequest, filing: Filing, section: str) -> HttpResponse:
    if section not in {one.key for one in filing.definition.sections}:
        return redirect("filings:filing", filing.public_id)
    form = _form(request, filing, section, facts_for(filing, request.access))
    unread = late.unread(form, request.POST)
    return followed.too_late(request, filing, Unsent({}, answers=to_keep(form)), unread=unread)


@on_draft_or(too_late)
def section(request: FamilyRequest, draft: Filing, section: str) -> HttpResponse:
    facts, path = _place(request, draft, section)
    form = _form(request, draft, section, facts)
    if request.method == "POST" and not form.is_half_way:
        is_good = form.is_valid()
        saved = _save(request, draft, section, form)
        if saved.is_set_aside:
            return redirect(request.get_full_path())
        draft = saved.filing
        if is_good:
            return redirect(_next(request, draft, facts, section))
        path = path_of(draft, facts, at=section) or path
    return render(request, "filings/family/section.html", _context(request, path, form, facts))


@require_POST
@on_draft
def keep(request: FamilyRequest, draft: Filing, section: str) -> HttpResponse:
    """What the page saves by itself while somebody types."""
    facts, _path = _place(request, draft, section)
    answers = account_numbers.opened(draft)
    saved = _save(request, draft, section, section_form(draft.definition, section, facts, answers, request.POST))
    if saved.is_set_aside:
        text = _(
            "Une autre page a changé cette étape. Ce que vous écrivez ici est gardé à part : continuez pour choisir."
        )
        return JsonResponse({"aside": text})
    revision = saved.filing.revisions.get(section, 0)
    return JsonResponse({"saved_at": words.clock(saved.filing.saved_at), "revision": revision})


@require_POST
@on_draft
def choose(request: FamilyRequest, draft: Filing, section: str) -> HttpResponse:
    """Of two pages that were open at once, which answers stay."""
    is_taken = request.POST.get("keep") == "aside"
    drafting.choose_aside(draft, section=section, is_taken=is_taken, access=request.access, at=timezone.now())
    return redirect("filings:section", draft.public_id, section)


def _place(request: FamilyRequest, draft: Filing, section: str) -> tuple[Facts, Path]:
    facts = facts_for(draft, request.access)
    path = path_of(draft, facts, at=section)
    if path is None or section not in {one.key for one in draft.definition.sections}:
        raise Http404
    return facts, path


def _form(request: FamilyRequest, draft: Filing, section: str, facts: Facts) -> SectionForm:
    """What was sent; or what a page that stayed open too long had sent, shown without judging it."""
    stale = getattr(request, "stale_post", None)
    data = request.POST if request.method == "POST" else stale
    answers = account_numbers.opened(draft)
    return section_form(draft.definition, section, facts, answers, data, is_half_way=stale is not None)


def _save(request: FamilyRequest, draft: Filing, section: str, form: SectionForm) -> Saved:
    return drafting.save(
        draft,
        section=section,
        answers=to_keep(form),
        seen=_seen(request),
        access=request.access,
        at=timezone.now(),
    )


def _seen(request: FamilyRequest) -> int:
    """The revision that the page showed; what is no number was shown by no page of ours."""
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else -1


def _next(request: FamilyRequest, draft: Filing, facts: Facts, section: str) -> str:
    """Further on; or to the last look, for who came from there."""
    path = path_of(draft, facts, at=CHECK if request.GET.get("retour") == BACK_TO_CHECK else section)
    if path is None:
        raise Http404
    return path.current.url if path.current.key == CHECK else path.next_url


def _context(request: FamilyRequest, path: Path, form: SectionForm, facts: Facts) -> dict[str, Any]:
    draft, stale = path.draft, getattr(request, "stale_post", None)
    return {
        "path": path,
        "draft": draft,
        "form": form,
        "section": form.section,
        "seen": stale.get("seen", "") if stale else draft.revisions.get(form.section.key, 0),
        "differences": differences(draft, form.section, facts),
        "set_aside_at": set_aside_at(draft, form.section),
        "told": parting.told_by(draft, request.access) if path.is_last_section else [],
        "is_from_check": request.GET.get("retour") == BACK_TO_CHECK,
    }
