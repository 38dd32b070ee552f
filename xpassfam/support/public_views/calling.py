"""`/assistance/`: one form, with and without signing in."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from xpassfam.accounts import devices
from xpassfam.accounts.models import Account
from xpassfam.journal.actions import Actor
from xpassfam.organisation import promise
from xpassfam.rules.secrets_in_text import masked
from xpassfam.support import appliances, form_keys, hiding, suggesting
from xpassfam.support.actions import sending
from xpassfam.support.actions.sending import Call
from xpassfam.support.form_keys import Key
from xpassfam.support.forms.calling import CallForm
from xpassfam.support.hiding import Typed
from xpassfam.support.models import Ticket
from xpassfam.support.models.ticket import Proof
from xpassfam.support.shown import due_words
from xpassfam.support.uploads import Uploads
from xpassfam.ui.forms import blank
from xpassfam.ui.keeping import comes_back

RECEIPT = "xpassfam.support.receipt"


@login_not_required
@comes_back
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    account, now = account_of(request), timezone.now()
    if request.method != "POST":
        key = form_keys.new(account, at=now)
        form = blank(CallForm, request, account=account, uploads=Uploads(), initial=_found_out(request))
        return _page(request, form, key, at=now)
    key = form_keys.read_or_new(request, account)
    uploads = Uploads.read(request, key, address=devices.visitor(request).address, at=now)
    typed = hiding.read(request, form_key=key.value)
    form = CallForm(typed.written, account=account, uploads=uploads)
    hold_up, is_valid = "", form.is_valid()
    form.data = typed.shown  # from here on it is what pages show
    if not is_valid:
        hold_up = "hidden" if typed.is_hidden else "invalid"
    elif form_keys.read(request, account) is None:
        hold_up = "stale"
    elif typed.is_to_be_read:
        hold_up = "hidden"
    elif key.is_quick(now):
        hold_up = "quick"
    if hold_up:
        return _page(request, form, key, at=now, hold_up=hold_up, typed=typed)
    return _send(request, form, typed, key, account, at=now)


def _send(
    request: HttpRequest, form: CallForm, typed: Typed, key: Key, account: Account | None, *, at: datetime
) -> HttpResponse:
    who = devices.visitor(request)
    by = devices.actor(request) if account else Actor(kind="visitor", device=who.label)
    try:
        call = _call(form, spared=typed.spared)
        ticket = sending.send(call, form_key=key.value, account=account, address=who.address, by=by, at=at)
    except sending.TooMany as refusal:
        return _page(request, form, key, at=at, until=refusal.until, status=429, typed=typed)
    except sending.NotTheirs:
        key = form_keys.new(account, at=at)
        return _page(request, form, key, at=at, hold_up="stale", typed=hiding.read(request, form_key=key.value))
    if ticket.messages.filter(is_masked=True).exists():
        messages.info(
            request, _("Un mot de passe ou un code était dans votre texte : nous l’avons caché avant de le garder.")
        )
    url = reverse("support:ticket", args=[ticket.public_id]) if account else _receipt_url(ticket)
    return JsonResponse({"url": url}, status=201) if _wants_json(request) else redirect(url)


def _call(form: CallForm, *, spared: frozenset[str]) -> Call:
    data = form.cleaned_data
    return Call(
        topic=data["topic"],
        message=data["message"],
        identifier=data.get("username", ""),
        email=data.get("email", ""),
        channel=data["channel"],
        phone=data["phone"],
        tried=data["tried"],
        device=data["device"],
        browser=data["browser"],
        page=data["page"],
        incident=data["incident"].strip().upper(),
        uploads=data["files"],
        spared=spared,
    )


@login_not_required
@require_safe
def sent(request: HttpRequest, receipt: str) -> HttpResponse:
    """A lasting page: the number, the hour, what follows. Nothing of what was written, nor of who is known."""
    try:
        public_id = signing.loads(receipt, salt=RECEIPT)
    except signing.BadSignature:
        raise Http404 from None
    ticket = Ticket.objects.filter(public_id=public_id).exclude(proof=Proof.SIGNED_IN).first()
    if ticket is None:
        raise Http404
    context = {
        "ticket": ticket,
        "due": due_words(ticket.first_due_at),
        "is_by_phone": ticket.channel == "phone",
        "suggestions": suggesting.suggest(ticket.title),
        "figure": promise.figure(at=timezone.now()),
    }
    return render(request, "support/public/sent.html", context)


def account_of(request: HttpRequest) -> Account | None:
    return request.user if isinstance(request.user, Account) else None


def _receipt_url(ticket: Ticket) -> str:
    return reverse("support:sent", args=[signing.dumps(ticket.public_id, salt=RECEIPT)])


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _found_out(request: HttpRequest) -> dict[str, str]:
    """What people can't be asked to know; shown to them, theirs to change."""
    user_agent = request.headers.get("User-Agent", "")
    return {
        "username": request.GET.get("username", "")[:254],
        "topic": request.GET.get("sujet", ""),
        "incident": request.GET.get("incident", "")[:12],
        "device": appliances.device_of(user_agent),
        "browser": appliances.browser_of(user_agent),
        "page": _page_before(request),
    }


def _page_before(request: HttpRequest) -> str:
    """The page of ours that they come from: its path alone, and no secret of it."""
    told = urlsplit(request.META.get("HTTP_REFERER", ""))
    if told.netloc != request.get_host() or told.path == request.path:
        return ""
    return masked(told.path[:200]).text


def _page(
    request: HttpRequest, form: CallForm, key: Key, *, at: datetime, status: int = 200, **shown: Any
) -> HttpResponse:
    """To a script, that something is to be mended: it then sends the form as browsers do, and this page is shown."""
    if _wants_json(request):
        return JsonResponse({"mend": True})
    account = account_of(request)
    typed = form.data.get("message", "") if form.is_bound else ""
    context = {
        "form": form,
        "key": key.signed,
        "account": account,
        "is_family": bool(account and not account.is_staff),
        "due": due_words(promise.due_at(at)),
        "hours": promise.hours(),
        "figure": promise.figure(at=at),
        "suggestions": suggesting.suggest(typed),
        **shown,
    }
    return render(request, "support/public/home.html", context, status=status)
