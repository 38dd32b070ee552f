"""What families asked to change, for agents to answer; what the register does not know yet."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xpassfam.accounts.decorators import agent
from xpassfam.household import change_queue
from xpassfam.household.actions import changing, deciding, exporting
from xpassfam.household.corrections import as_csv, standing_count
from xpassfam.household.forms.deciding import RefusalForm
from xpassfam.household.models import Change
from xpassfam.rules.identifiers import is_public_id


@agent
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    named = request.GET.get("apres", "")
    after = change_queue.every().filter(public_id=named).first() if is_public_id(named) else None
    rows, last = change_queue.page(after)
    context = {"rows": rows, "last": last, "is_first": after is None, "count": change_queue.waiting_count()}
    return render(request, "household/agents/changes.html", context | {"corrections": standing_count()})


@agent
@require_GET
def change(request: HttpRequest, public_id: str) -> HttpResponse:
    asked = get_object_or_404(change_queue.every(), public_id=public_id)
    deciding.open_for_reading(asked, by=request.user.actor, at=timezone.now())  # type: ignore[union-attr]
    return _page(request, asked, RefusalForm())


@agent
@require_POST
def approve(request: HttpRequest, public_id: str) -> HttpResponse:
    asked = get_object_or_404(change_queue.every(), public_id=public_id)
    try:
        deciding.approve(asked, by=request.user.actor, at=timezone.now())  # type: ignore[union-attr]
        messages.success(request, _("Le changement est fait. La famille est prévenue."))
    except changing.AlreadyDecided:
        return _too_late(request, public_id)
    except deciding.NotTheirsAnyMore:
        words = _(
            "Ce changement ne peut plus être accepté : qui l’a demandé n’agit plus pour ce foyer, ou s’en sépare."
        )
        messages.warning(request, words)
        return redirect("household:change", public_id=public_id)
    return redirect("household:changes")


@agent
def refuse(request: HttpRequest, public_id: str) -> HttpResponse:
    asked = get_object_or_404(change_queue.every(), public_id=public_id)
    if request.method != "POST":
        return redirect("household:change", public_id=public_id)
    form = RefusalForm(request.POST)
    if not form.is_valid():
        return _page(request, asked, form)
    try:
        deciding.refuse(asked, **form.cleaned_data, by=request.user.actor, at=timezone.now())  # type: ignore[union-attr]
        messages.success(request, _("Le changement est refusé. La famille lit la raison."))
    except changing.AlreadyDecided:
        return _too_late(request, public_id)
    return redirect("household:changes")


@agent
@require_GET
def export(request: HttpRequest) -> StreamingHttpResponse:
    last = exporting.give(by=request.user.actor, at=timezone.now())  # type: ignore[union-attr]
    response = StreamingHttpResponse(as_csv(last=last), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="corrections.csv"'
    return response


def _page(request: HttpRequest, asked: Change, form: RefusalForm) -> HttpResponse:
    context = {
        "change": asked,
        "comparison": change_queue.comparison(asked),
        "form": form,
        "is_pending": asked.status == Change.Status.PENDING,
    }
    return render(request, "household/agents/change.html", context)


def _too_late(request: HttpRequest, public_id: str) -> HttpResponse:
    """The second of two agents is told what the first, or the family, did."""
    messages.warning(request, _("Quelqu’un a été plus rapide : ce changement a déjà sa réponse. La voici."))
    return redirect("household:change", public_id=public_id)
