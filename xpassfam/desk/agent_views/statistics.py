"""How the work goes, and the same figures as CSV."""

import csv

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from xpassfam.accounts.decorators import agent
from xpassfam.desk import figures
from xpassfam.desk.statistics import every
from xpassfam.ui.spreadsheets import inert


@agent
@require_GET
def statistics(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    context = {"figures": every(on=today), "since": figures.first_day(today), "today": today}
    return render(request, "desk/statistics.html", context)


@agent
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """Semicolons and a byte order mark: French spreadsheets open it as it is."""
    known = {figure.name: figure for figure in every(on=timezone.localdate())}
    figure = known.get(request.GET.get("de", ""))
    if figure is None:
        raise Http404
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{figure.name}.csv"'
    rows = csv.writer(response, delimiter=";")
    rows.writerow(figure.headings)
    rows.writerows([inert(str(cell)) for cell in row] for row in figure.table)
    return response
