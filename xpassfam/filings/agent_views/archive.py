"""The door before what is archived: who may open it, for a reason that is written down first."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern
from django.utils import timezone

from xpassfam.accounts import opened_archives
from xpassfam.accounts.decorators import agent
from xpassfam.accounts.models import Account
from xpassfam.filings import archives
from xpassfam.filings.agent_views.common import agent_of, back_to, sent
from xpassfam.filings.forms.archive import ReasonForm
from xpassfam.filings.models import Filing
from xpassfam.ui.forms import blank


def closed_once_archived(route: URLPattern) -> URLPattern:
    """An address of one request, for agents, behind the door."""
    route.callback = _behind_door(route.callback)
    return route


@agent
def door(request: HttpRequest, public_id: str) -> HttpResponse:
    filing, by, now = sent(public_id), agent_of(request), timezone.now()
    if not archives.archived(Filing.objects.filter(pk=filing.pk), at=now).exists():
        return back_to(filing)
    form = ReasonForm(request.POST) if request.method == "POST" else blank(ReasonForm, request)
    if by.may_open_archives and form.is_valid():
        archives.open_archive(filing, reason=form.cleaned_data["reason"], by=by.actor, at=now)
        opened_archives.keep_open(request.session, filing.public_id, at=now)
        return back_to(filing)
    return _closed(request, filing, form)


def _closed(request: HttpRequest, filing: Filing, form: ReasonForm) -> HttpResponse:
    may_open = agent_of(request).may_open_archives
    openers = Account.objects.filter(role=Account.Role.AGENT, may_open_archives=True, closed_at=None, blocked_at=None)
    shown = {"filing": filing, "form": form, "may_open": may_open, "openers": openers.order_by("last_name")}
    return render(request, "filings/agents/archived.html", shown, status=200 if may_open else 403)


def _behind_door(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    @wraps(view)
    def inner(request: HttpRequest, public_id: str, **more: Any) -> HttpResponseBase:
        by, now = request.user, timezone.now()
        if isinstance(by, Account) and by.is_agent:
            named = archives.archived(Filing.objects.filter(public_id=public_id), at=now)
            if not opened_archives.is_open(request.session, public_id, by=by, at=now) and named.exists():
                # What was sent to another address, a reason to close for instance, is none to open.
                return _closed(request, sent(public_id), ReasonForm())
        return view(request, public_id=public_id, **more)

    return inner
