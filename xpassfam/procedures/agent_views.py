"""Administrators read, try and publish definitions; `/admin/` keeps what changes every week."""

from typing import Any, cast

from django.contrib import messages
from django.core.validators import slug_re
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xpassfam.accounts.decorators import administrator
from xpassfam.accounts.models import Account
from xpassfam.procedures import actions
from xpassfam.procedures.catalogue import CATEGORIES
from xpassfam.procedures.forms import section_form
from xpassfam.procedures.language import Definition, Problem, Refused, load
from xpassfam.procedures.models import Procedure
from xpassfam.procedures.samples import sample_facts
from xpassfam.procedures.wording import delay_in_words, pieces_in_words
from xpassfam.ui.writing import TextForm, lines_near

PUBLISH = "publish"


@administrator
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    rows = [
        {"procedure": one, "definition": one.definition, "category": CATEGORIES[one.definition.category]}
        for one in Procedure.objects.published()
    ]
    return render(request, "procedures/agents/home.html", {"rows": rows})


@administrator
@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    procedure = get_object_or_404(Procedure.objects.published(), slug=slug)
    versions = procedure.versions.defer("source", "tree").order_by("-number")
    context = {"procedure": procedure, "versions": versions, **_preview(procedure.definition)}
    return render(request, "procedures/agents/detail.html", context)


@administrator
def write(request: HttpRequest) -> HttpResponse:
    """First what families would see, then the publication; what was typed comes back each time."""
    if request.method != "POST":
        return render(request, "procedures/agents/write.html", {"form": TextForm(initial={"text": _started(request)})})
    form = TextForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "procedures/agents/write.html", {"form": form}, status=400)
    text = form.cleaned_data["text"]
    try:
        definition = load(text)
        if PUBLISH in request.POST:
            return _publish(request, text)
    except Refused as refusal:
        return _page(request, text, problems=refusal.problems)
    except actions.SlugTaken as refusal:
        said = _("L’adresse « {slug} » est celle d’une autre démarche.").format(slug=refusal)
        return _page(request, text, problems=(Problem(1, said),))
    return _page(request, text, definition=definition)


def _publish(request: HttpRequest, text: str) -> HttpResponse:
    version = actions.publish(text, by=cast(Account, request.user).actor, at=timezone.now())
    messages.success(request, _("C’est publié : version {number}.").format(number=version.number))
    return redirect("procedures:detail", version.procedure.slug)


def _started(request: HttpRequest) -> str:
    """The text to begin with: that of the procedure to change, or nothing."""
    slug = request.GET.get("demarche", "")
    known = Procedure.objects.published().filter(slug=slug).first() if slug_re.match(slug) else None
    return known.current.source if known and known.current else ""


def _page(
    request: HttpRequest, text: str, *, definition: Definition | None = None, problems: tuple[Problem, ...] = ()
) -> HttpResponse:
    context = {
        "form": TextForm(initial={"text": text}),
        "problems": problems,
        "lines": lines_near(text, (problem.line for problem in problems)),
        **(_preview(definition) if definition else {}),
    }
    return render(request, "procedures/agents/write.html", context, status=400 if problems else 200)


def _preview(definition: Definition) -> dict[str, Any]:
    """Every page, as the family of `samples` would first see it."""
    facts = sample_facts(today=timezone.localdate())
    return {
        "definition": definition,
        "pages": [(section, section_form(definition, section, facts, {})) for section in definition.sections],
        "pieces": pieces_in_words(definition),
        "delay": delay_in_words(definition.delay) if definition.delay else "",
    }
