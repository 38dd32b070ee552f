"""What waits, « Prendre la suivante », and the figures."""

from typing import cast

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xpassfam.accounts.decorators import agent
from xpassfam.accounts.models import Account
from xpassfam.organisation import promise
from xpassfam.support import desk, measuring, shown
from xpassfam.support.actions import answering
from xpassfam.support.forms.answering import FilterForm
from xpassfam.support.models import Ticket


@agent
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    who, now = cast(Account, request.user), timezone.now()
    form = FilterForm(request.GET, agent=who)
    filters = form.cleaned_data if form.is_valid() else {}
    page = desk.page(desk.chosen(filters, who), desk.Key.read(request.GET.get("apres", "")), at=now)
    waiting = Ticket.objects.ours()
    context = {
        "form": form,
        "rows": page.rows,
        "following": _address(request, page.following) if page.following else "",
        "is_first": "apres" not in request.GET,
        "start": _address(request, None),
        "is_filtered": any(filters.values()),
        "count": waiting.count(),
        "late": waiting.filter(due_at__lte=now).count(),
        "figure": promise.figure(at=now),
        "hours": promise.hours(),
    }
    return render(request, "support/agents/queue.html", context)


@agent
@require_POST
def take_next(request: HttpRequest) -> HttpResponse:
    """The first due that nobody follows."""
    who = cast(Account, request.user)
    first = Ticket.objects.ours().filter(Q(assigned_to=None)).first()
    if first is None:
        messages.info(request, _("Rien n’attend sans personne : chaque demande d’aide a quelqu’un qui la suit."))
        return redirect("support:queue")
    answering.take(first, by=who)
    messages.success(request, _("Cette demande d’aide est à vous."))
    return redirect("support:agents-ticket", public_id=first.public_id)


@agent
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    found = measuring.statistics(at=timezone.now())
    context = {
        "found": found,
        "median": shown.duration(found.median) if found.median is not None else "",
        "slowest": shown.duration(found.slowest) if found.slowest is not None else "",
        "days": measuring.DAYS,
        "fewest": measuring.FEWEST,
        "hours": promise.hours(),
    }
    return render(request, "support/agents/figures.html", context)


def _address(request: HttpRequest, after: desk.Key | None) -> str:
    """The same view of the queue, from a key on."""
    query = request.GET.copy()
    query.pop("apres", None)
    if after:
        query["apres"] = str(after)
    return f"?{query.urlencode()}"
