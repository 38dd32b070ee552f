"""A ticket by its link, for whoever can't sign in; and the link again, by the number."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xpassfam.accounts import devices
from xpassfam.accounts.decorators import bears_token
from xpassfam.documents.attaching import attachment
from xpassfam.journal.actions import Actor
from xpassfam.support import conversing, links
from xpassfam.support.actions import continuing
from xpassfam.support.forms.calling import FollowForm
from xpassfam.support.holding import NotPossible
from xpassfam.support.models import TicketLink
from xpassfam.ui.forms import blank
from xpassfam.ui.keeping import comes_back


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """The answer is the same whatever number was typed."""
    if request.method != "POST":
        return render(request, "support/public/follow.html", {"form": blank(FollowForm, request)})
    form = FollowForm(request.POST)
    if not form.is_valid():
        return render(request, "support/public/follow.html", {"form": form})
    typed = form.cleaned_data["reference"]
    continuing.ask_for_link(typed, address=devices.visitor(request).address, at=timezone.now())
    return render(request, "support/public/follow_sent.html", {"typed": typed})


@login_not_required
@bears_token
@comes_back
@require_http_methods(["GET", "HEAD", "POST"])
def followed(request: HttpRequest, token: str) -> HttpResponse:
    """Read, and continued. Opening the link changes nothing but what was unread."""
    now = timezone.now()
    link = links.find(token, at=now)
    if link is None:
        return render(request, "support/public/link_gone.html", status=410)
    here = reverse("support:followed", args=[token])
    conversation = conversing.open_page(request, link.ticket, account=None, by=_visitor(request), here=here, at=now)
    if conversation.is_sent:
        _proved_by_acting(link, at=now)
    if conversation.answer:
        return conversation.answer
    context = conversation.context | {
        "settle_url": reverse("support:followed-settled", args=[token]),
        "prove_url": reverse("support:followed-proved", args=[token]) if continuing.may_prove(link) else "",
        "file_route": "support:followed-file",
        "file_key": token,
    }
    return render(request, "support/public/ticket.html", context, status=conversation.status)


@login_not_required
@bears_token
@require_POST
def settled(request: HttpRequest, token: str) -> HttpResponse:
    link = _link(token)
    try:
        continuing.settle(link.ticket, by=_visitor(request), at=timezone.now())
    except NotPossible:
        raise Http404 from None
    messages.success(request, _("C’est noté : votre demande d’aide est close. Un message de plus l’ouvre à nouveau."))
    return redirect("support:followed", token=token)


@login_not_required
@bears_token
@require_POST
def proved(request: HttpRequest, token: str) -> HttpResponse:
    """« C’est bien mon adresse »: whoever reads the account's mailbox says so."""
    _proved_by_acting(_link(token), at=timezone.now())
    messages.success(request, _("Merci : nous savons que cette demande vient de l’adresse de votre compte."))
    return redirect("support:followed", token=token)


@login_not_required
@bears_token
@require_safe
def followed_file(request: HttpRequest, token: str, message: str, number: int) -> HttpResponseBase:
    file = conversing.file_of(_link(token).ticket, message, number)
    return attachment(request, file, name=file.name)


def _link(token: str) -> TicketLink:
    link = links.find(token, at=timezone.now())
    if link is None:
        raise Http404
    return link


def _proved_by_acting(link: TicketLink, *, at: datetime) -> None:
    if continuing.may_prove(link):
        continuing.prove(link, at=at)


def _visitor(request: HttpRequest) -> Actor:
    return Actor(kind="visitor", device=devices.visitor(request).label)
