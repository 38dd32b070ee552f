"""One's own tickets, and the page of one."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xpassfam.accounts import devices
from xpassfam.accounts.decorators import own
from xpassfam.accounts.models import Account
from xpassfam.documents.attaching import attachment
from xpassfam.people.access import FamilyRequest
from xpassfam.support import conversing
from xpassfam.support.actions import continuing
from xpassfam.support.holding import NotPossible
from xpassfam.support.models import Ticket
from xpassfam.support.shown import situation
from xpassfam.ui.keeping import comes_back

MOST_LISTED = 100


@own
@require_safe
def tickets(request: FamilyRequest) -> HttpResponse:
    now = timezone.now()
    mine = Ticket.objects.visible_to(request.access).order_by("-received_at", "-pk")[:MOST_LISTED]
    lines = [(ticket, situation(ticket, at=now)) for ticket in mine]
    return render(request, "support/family/tickets.html", {"lines": lines})


@own
@comes_back
@require_http_methods(["GET", "HEAD", "POST"])
def ticket(request: FamilyRequest, public_id: str) -> HttpResponse:
    found, now = _mine(request, public_id), timezone.now()
    account: Account = request.user  # type: ignore[assignment]
    here = reverse("support:ticket", args=[found.public_id])
    conversation = conversing.open_page(request, found, account=account, by=devices.actor(request), here=here, at=now)
    if conversation.answer:
        return conversation.answer
    context = conversation.context | {
        "settle_url": reverse("support:settled", args=[found.public_id]),
        "file_route": "support:file",
        "file_key": found.public_id,
    }
    return render(request, "support/family/ticket.html", context, status=conversation.status)


@own
@require_POST
def settled(request: FamilyRequest, public_id: str) -> HttpResponse:
    try:
        continuing.settle(_mine(request, public_id), by=devices.actor(request), at=timezone.now())
    except NotPossible:
        raise Http404 from None
    messages.success(request, _("C’est noté : votre demande d’aide est close. Un message de plus l’ouvre à nouveau."))
    return redirect("support:ticket", public_id=public_id)


@own
@require_safe
def file(request: FamilyRequest, public_id: str, message: str, number: int) -> HttpResponseBase:
    found = conversing.file_of(_mine(request, public_id), message, number)
    return attachment(request, found, name=found.name)


def _mine(request: FamilyRequest, public_id: str) -> Ticket:
    known = Ticket.objects.visible_to(request.access).select_related("account__person", "assigned_to")
    return get_object_or_404(known, public_id=public_id)
