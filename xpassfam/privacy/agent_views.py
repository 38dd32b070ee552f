"""What administrators keep an eye on: what time deletes, the register of processing, whom a breach touches."""

import csv
from collections.abc import Iterator

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from xpassfam.accounts.decorators import administrator
from xpassfam.privacy import breaches, processing
from xpassfam.privacy import retention as table
from xpassfam.privacy.actions import applying
from xpassfam.privacy.forms import BreachForm, LengthForm
from xpassfam.privacy.jobs import apply_retention
from xpassfam.ui.spreadsheets import inert


@administrator
@require_safe
def retention(request: HttpRequest) -> HttpResponse:
    """Also a dry run: each rule says how much it would delete now."""
    rows = table.table(at=timezone.now())
    context = {"rows": rows, "due": sum(row.due for row in rows), "has_failed": any(_failed(row) for row in rows)}
    return render(request, "privacy/agents/retention.html", context)


def _failed(row: table.Row) -> bool:
    return row.last is not None and row.last.has_failed


@administrator
@require_POST
def apply(request: HttpRequest) -> HttpResponse:
    """Now, rather than tonight: the worker's own job, asked for early."""
    apply_retention.enqueue()
    messages.success(request, _("C’est demandé. Le rapport sera ici dans un instant : rechargez la page."))
    return redirect("privacy:retention")


@administrator
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """How long one of them keeps."""
    chosen = table.rule_of(code)
    if chosen is None or chosen.is_fixed or table.is_set_elsewhere(chosen):
        raise Http404
    now = timezone.now()
    length = table.length_of(chosen, table.lengths())
    form = LengthForm(request.POST or None, rule=chosen, initial={"length": length})
    if request.method == "POST" and form.is_valid():
        applying.choose(chosen, form.cleaned_data["length"], by=request.user, at=now)  # type: ignore[arg-type]
        messages.success(request, _("La nouvelle durée sert dès cette nuit."))
        return redirect("privacy:retention")
    context = {
        "rule": chosen,
        "form": form,
        "usual": table.in_words(chosen, chosen.usual),
        "due": chosen.due(table.before(chosen, length, at=now), now),
    }
    return render(request, "privacy/agents/rule.html", context)


@administrator
@require_safe
def register(request: HttpRequest) -> HttpResponseBase:
    """Source: RGPD, art. 30."""
    response = StreamingHttpResponse(_as_csv(processing.rows()), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="registre-des-traitements.csv"'
    return response


def _as_csv(rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    writer = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff"
    for row in rows:
        yield writer.writerow([inert(cell) for cell in row])


class _Echo:
    def write(self, text: str) -> str:
        return text


@administrator
@require_safe
def breach(request: HttpRequest) -> HttpResponse:
    """Source: RGPD, art. 33, 34. Each search is in the history of the portal: it reads many files at once."""
    is_asked = bool(request.GET)
    form = BreachForm(request.GET if is_asked else None)
    found = None
    if is_asked and form.is_valid():
        since, until = form.bounds
        found = breaches.find(since, until, agent=form.cleaned_data["agent"])
        breaches.note(found, since, until, by=request.user.actor, at=timezone.now())  # type: ignore[union-attr]
    context = {"form": form, "found": found, "count_text": _counted(found.count) if found else ""}
    return render(request, "privacy/agents/breach.html", context)


def _counted(count: int) -> str:
    return ngettext("{n} dossier a été ouvert ou modifié.", "{n} dossiers ont été ouverts ou modifiés.", count).format(
        n=count
    )
