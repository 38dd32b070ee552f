"""The whole history: read, filtered, taken away, contested."""

from dataclasses import replace
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xpassfam.accounts import devices
from xpassfam.accounts.actions import contesting
from xpassfam.accounts.decorators import own
from xpassfam.dashboard import logbook, tables
from xpassfam.dashboard.circle import Circle
from xpassfam.dashboard.forms import HistoryForm
from xpassfam.dashboard.logbook import Reading
from xpassfam.journal import pages
from xpassfam.people.access import FamilyRequest
from xpassfam.rules.visibility import may_see_separation

ROWS = 50


@own
def history(request: FamilyRequest) -> HttpResponse:
    form, reading = _asked(request)
    before, after = (pages.Key.read(request.GET.get(name, "")) for name in ("avant", "apres"))
    wanted = form.wanted()
    # A list that leaves out a date that can't be read would pass for the one that was asked.
    page = pages.Page()
    if form.is_valid():
        page = pages.page(pages.readable(request.access), wanted, before=before, after=after, size=ROWS)
    contested = contesting.contested_by(request.user, page.lines)  # type: ignore[arg-type]
    reading = replace(reading, contested=contested)
    rows = [reading.row(line) for line in page.lines]
    asked = _kept(request)
    shown = {
        "form": form,
        "is_of_frozen_couple": request.access.is_frozen
        and may_see_separation(request.access, request.access.household_id),
        "is_own_only": not request.access.reads_household,
        "days": logbook.by_day(rows, today=timezone.localdate(reading.at)),
        "rows": rows,
        "unfolded": next((row.key for row in rows if row.stands_out), ""),
        "newest": rows[0].at if rows else None,
        "oldest": rows[-1].at if rows else None,
        "is_whole": not (page.newer or page.older),
        "csv": f"?{asked}",
        "newer": f"{request.path}?{asked}apres={page.newer}" if page.newer else "",
        "older": f"{request.path}?{asked}avant={page.older}" if page.older else "",
    }
    return render(request, "dashboard/family/history.html", shown)


@own
def history_as_csv(request: FamilyRequest) -> HttpResponseBase:
    """The same lines as a table, sent as they are read; where a date can't be read, the page says so."""
    form, reading = _asked(request)
    if not form.is_valid():
        return redirect(f"{reverse('dashboard:history')}?{request.GET.urlencode()}")
    lines = pages.every(pages.readable(request.access), form.wanted())
    table = tables.as_csv(reading.row(line) for line in lines)
    response = StreamingHttpResponse(table, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="historique.csv"'
    return response


@require_POST
@own
def contest(request: FamilyRequest) -> HttpResponse:
    """« Ce n’est pas moi »."""
    line = pages.find(request.access, request.POST.get("ligne", ""))
    _form, reading = _asked(request)
    if line is None or not reading.row(line).may_contest:
        raise Http404
    contesting.contest(
        request.user,  # type: ignore[arg-type]
        line,
        keep=request.session.session_key,
        device=devices.visitor(request).label,
        at=timezone.now(),
    )
    messages.success(
        request,
        _("C’est noté : autres appareils déconnectés, organisation prévenue. Changez votre mot de passe."),
    )
    return redirect("accounts:change-password")


def _asked(request: FamilyRequest) -> tuple[HistoryForm, Reading]:
    me: str = request.user.public_id  # type: ignore[union-attr]
    circle = Circle.of(request.access)
    return HistoryForm(request.GET, circle=circle, me=me), Reading(
        me, circle, timezone.now(), began_at=_session_began(request)
    )


def _session_began(request: FamilyRequest) -> datetime | None:
    """The instant that the history has of it, to the microsecond."""
    instant = request.session.get("signed_in_at")
    return datetime.fromisoformat(instant) if instant else None


def _kept(request: FamilyRequest) -> str:
    """What was asked, without the page."""
    asked = request.GET.copy()
    for name in ("avant", "apres"):
        asked.pop(name, None)
    return f"{asked.urlencode()}&" if asked else ""
