"""The register's pages for administrators: bring files, see what they would change, import or give up."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xpassfam.accounts.decorators import administrator
from xpassfam.accounts.models import Account
from xpassfam.journal.actions import Actor
from xpassfam.register.actions import trying
from xpassfam.register.actions.columns import remember
from xpassfam.register.alone import AlreadyImporting
from xpassfam.register.forms import ColumnsForm, ConfirmForm, ImportForm
from xpassfam.register.models import Import
from xpassfam.register.picture import Picture
from xpassfam.register.refusals import write_problems
from xpassfam.ui.forms import blank

LISTED = 20


@administrator
def home(request: HttpRequest) -> HttpResponse:
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else blank(ImportForm, request)
    if request.method == "POST" and form.is_valid():
        files, is_complete = form.cleaned_data["brought"], form.cleaned_data["is_complete"]
        try:
            record = trying.receive(files, is_complete=is_complete, by=_actor(request), at=timezone.now())
        except AlreadyImporting:
            form.add_error(None, _("Un autre import est en cours. Attendez qu’il finisse, puis recommencez."))
        else:
            return redirect("register:import", record.public_id)
    past = [Picture(record) for record in Import.objects.all()[:LISTED]]
    return render(request, "register/agents/home.html", {"form": form, "past": past})


@administrator
@require_safe
def detail(request: HttpRequest, public_id: str) -> HttpResponse:
    return _page(request, get_object_or_404(Import, public_id=public_id))


@administrator
@require_safe
def state(request: HttpRequest, public_id: str) -> JsonResponse:
    record = get_object_or_404(Import, public_id=public_id)
    return JsonResponse({"done": not Picture(record).is_under_way, "percent": record.progress})


@administrator
@require_POST
def accept(request: HttpRequest, public_id: str) -> HttpResponse:
    record = get_object_or_404(Import, public_id=public_id)
    form = ConfirmForm(request.POST, closed=Picture(record).closed_sentence)
    try:
        is_confirmed = form.is_valid()
        trying.accept(record, is_confirmed=is_confirmed, by=_actor(request), at=timezone.now())
    except trying.NotConfirmed:
        return _page(request, record, confirm=form)
    except trying.NotWaiting:
        _say_too_late(request)
    return redirect("register:import", public_id)


@administrator
@require_POST
def give_up(request: HttpRequest, public_id: str) -> HttpResponse:
    try:
        trying.give_up(get_object_or_404(Import, public_id=public_id), by=_actor(request), at=timezone.now())
        messages.success(request, _("Les fichiers sont effacés. Rien n’a été importé."))
    except trying.NotWaiting:
        _say_too_late(request)
    return redirect("register:home")


@administrator
@require_POST
def stop(request: HttpRequest, public_id: str) -> HttpResponse:
    try:
        trying.stop(get_object_or_404(Import, public_id=public_id), by=_actor(request), at=timezone.now())
        messages.success(request, _("L’arrêt est demandé. Si l’import n’était pas fini, rien ne sera écrit."))
    except trying.NotWaiting:
        _say_too_late(request)
    return redirect("register:import", public_id)


@administrator
@require_POST
def try_again(request: HttpRequest, public_id: str) -> HttpResponse:
    return _try_again(request, get_object_or_404(Import, public_id=public_id))


@administrator
@require_POST
def columns(request: HttpRequest, public_id: str) -> HttpResponse:
    """What headers mean is remembered; the files are then read again."""
    record = get_object_or_404(Import, public_id=public_id)
    form = ColumnsForm(request.POST, headers=record.headers)
    if not form.is_valid():
        return _page(request, record, columns=form)
    remember(form.meanings())
    return _try_again(request, record)


@administrator
@require_safe
def refusals(request: HttpRequest, public_id: str) -> HttpResponse:
    record = get_object_or_404(Import, public_id=public_id)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="refus.csv"'
    rows = record.refusals.iterator()
    write_problems((refusal.as_problem() for refusal in rows), response)
    return response


def _page(
    request: HttpRequest, record: Import, *, confirm: ConfirmForm | None = None, columns: ColumnsForm | None = None
) -> HttpResponse:
    picture = Picture(record)
    context = {
        "picture": picture,
        "confirm": confirm or ConfirmForm(closed=picture.closed_sentence),
        "columns": columns or ColumnsForm(headers=record.headers),
    }
    return render(request, "register/agents/import.html", context, status=400 if confirm else 200)


def _try_again(request: HttpRequest, record: Import) -> HttpResponse:
    try:
        trying.try_again(record, by=_actor(request), at=timezone.now())
    except trying.NotWaiting:
        _say_too_late(request)
    return redirect("register:import", record.public_id)


def _say_too_late(request: HttpRequest) -> None:
    messages.error(request, _("Cet import n’attend plus de réponse. Voici où il en est."))


def _actor(request: HttpRequest) -> Actor:
    return cast(Account, request.user).actor
