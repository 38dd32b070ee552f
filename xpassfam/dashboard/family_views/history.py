"""The whole history: read, filtered, taken away, contested."""

import csv
from collections.abc import Iterator

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xpassfam.accounts.actions import contesting
from xpassfam.accounts.decorators import family
from xpassfam.dashboard import logbook
from xpassfam.journal import pages
from xpassfam.journal.models import Line
from xpassfam.people.access import FamilyRequest
from xpassfam.ui.spreadsheets import inert

ROWS = 50


@family
def history(request: FamilyRequest) -> HttpResponse:
    now, me = timezone.now(), request.user.public_id  # type: ignore[union-attr]
    before = pages.Key.read(request.GET.get("avant", ""))
    wanted = logbook.wanted(request.GET, me=me, at=now)
    lines, older = pages.page(request.access, wanted, before=before, size=ROWS)
    asked = request.GET.copy()
    asked.pop("avant", None)
    shown = {
        "days": logbook.by_day(logbook.rows(lines, me=me), today=timezone.localdate(now)),
        "filters": logbook.filters(request.GET),
        "asked": asked.urlencode(),
        "older": older,
        "is_first": before is None,
    }
    return render(request, "dashboard/family/history.html", shown)


@family
def history_as_csv(request: FamilyRequest) -> StreamingHttpResponse:
    """The same lines as a table, sent as they are read."""
    me = request.user.public_id  # type: ignore[union-attr]
    wanted = logbook.wanted(request.GET, me=me, at=timezone.now())
    lines = pages.every(request.access, wanted)
    response = StreamingHttpResponse(_table(lines, me), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="historique.csv"'
    return response


class _Echo:
    def write(self, text: str) -> str:
        return text


def _table(lines: Iterator[Line], me: str) -> Iterator[str]:
    table = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff" + table.writerow([_("Date"), _("Heure"), _("Qui"), _("Quoi"), _("Appareil")])
    for line in lines:
        row = logbook.row(line, me=me)
        local = timezone.localtime(row.at)
        yield table.writerow([f"{local:%d/%m/%Y}", f"{local:%H:%M}", *map(inert, (row.who, row.what, row.device))])


@require_POST
@family
def contest(request: FamilyRequest) -> HttpResponse:
    """« Ce n’est pas moi »."""
    line = pages.find(request.access, request.POST.get("ligne", ""))
    if line is None or not logbook.row(line, me="").may_contest:
        raise Http404
    contesting.contest(request.user, line, keep=request.session.session_key, at=timezone.now())  # type: ignore[arg-type]
    messages.success(
        request,
        _("C’est noté : autres appareils déconnectés, organisation prévenue. Changez votre mot de passe."),
    )
    return redirect("accounts:change-password")
