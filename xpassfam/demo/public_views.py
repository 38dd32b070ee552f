"""Who can sign in, with what, and the mails and SMS that were sent. Only in the demo."""

from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render

from xpassfam.demo import loading
from xpassfam.outbox.models import Message
from xpassfam.rules.phones import normalise_phone

SHOWN = 50


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/home.html", {"groups": loading.players()})


@login_not_required
def accounts(request: HttpRequest) -> JsonResponse:
    players = [player.as_json() for _name, group in loading.players() for player in group]
    return JsonResponse({"accounts": players})


@login_not_required
def mails(request: HttpRequest) -> HttpResponse:
    """The latest mails and SMS, newest first; `?a=` keeps those to one address or number."""
    wanted = request.GET.get("a", "").strip().lower()
    messages = Message.objects.order_by("-pk")
    if wanted:
        messages = messages.filter(to=normalise_phone(wanted) or wanted)
    return render(request, "demo/mails.html", {"messages_sent": messages[:SHOWN], "wanted": wanted})


@login_not_required
def mail(request: HttpRequest, public_id: str) -> HttpResponse:
    message = get_object_or_404(Message, public_id=public_id)
    return render(request, "demo/mail.html", {"message": message})


@login_not_required
@csp_replace({"style-src": ["'unsafe-inline'"]})  # type: ignore[arg-type]
def mail_as_received(request: HttpRequest, public_id: str) -> HttpResponse:
    """The mail itself: mail programs know no style sheets, so it carries its styles."""
    message = get_object_or_404(Message, public_id=public_id)
    return HttpResponse(message.html)
