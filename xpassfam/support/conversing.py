"""The page of one ticket, whoever opens it: what was said, and a message more."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from xpassfam.accounts import devices
from xpassfam.accounts.models import Account
from xpassfam.journal.actions import Actor
from xpassfam.organisation import promise
from xpassfam.support import form_keys, hiding
from xpassfam.support.actions import continuing
from xpassfam.support.forms.calling import MessageForm
from xpassfam.support.hiding import Typed
from xpassfam.support.holding import NotPossible
from xpassfam.support.models import Ticket
from xpassfam.support.shown import due_words, gone, said, situation
from xpassfam.support.uploads import Uploads
from xpassfam.ui.forms import blank
from xpassfam.ui.words import soon
from xpassfam.vault.models import File


@dataclass(frozen=True)
class Conversation:
    """What the page shows; or the `answer` to a form: one that `is_sent` leads back to the page."""

    context: dict[str, Any] = field(default_factory=dict)
    status: int = 200
    answer: HttpResponse | None = None
    is_sent: bool = False


def open_page(
    request: HttpRequest, ticket: Ticket, *, account: Account | None, by: Actor, here: str, at: datetime
) -> Conversation:
    """Some ten queries at most, however much was said."""
    continuing.read(ticket, at=at)
    if request.method != "POST":
        return _shown(request, ticket, blank(MessageForm, request, uploads=Uploads()), account, at=at)
    key = form_keys.read_or_new(request, account)
    uploads = Uploads.read(request, key, address=devices.visitor(request).address, at=at)
    typed = hiding.read(request, form_key=key.value)
    form = MessageForm(typed.written, uploads=uploads)
    is_valid = form.is_valid()
    form.data = typed.shown  # from here on it is what pages show
    is_stale = form_keys.read(request, account) is None
    if not is_valid or is_stale or typed.is_to_be_read:
        hold_up = "stale" if is_stale else "hidden" if typed.is_hidden and is_valid else ""
        return _shown(request, ticket, form, account, at=at, key=key, hold_up=hold_up, typed=typed)
    try:
        text = form.cleaned_data["message"]
        files = form.cleaned_data["files"]
        continuing.write(ticket, text=text, spared=typed.spared, uploads=files, form_key=key.value, by=by, at=at)
    except continuing.TooManyMessages as refusal:
        told = _("Vous avez beaucoup écrit ici. Réessayez {moment} : votre texte est encore là.")
        form.add_error("message", told.format(moment=soon(refusal.until)))
        return _shown(request, ticket, form, account, at=at, key=key, status=429, typed=typed)
    except NotPossible:
        raise Http404 from None
    messages.success(request, _("Votre message est parti."))
    if request.headers.get("Accept", "").startswith("application/json"):
        return Conversation(answer=JsonResponse({"url": here}, status=201), is_sent=True)
    return Conversation(answer=redirect(here), is_sent=True)


def file_of(ticket: Ticket, message: str, number: int) -> File:
    """The file of a message, by its place. Raise Http404."""
    found = ticket.messages.filter(public_id=message).prefetch_related("files").first()
    files = list(found.files.all()) if found else []
    if not 1 <= number <= len(files):
        raise Http404
    return files[number - 1]


def _shown(
    request: HttpRequest,
    ticket: Ticket,
    form: MessageForm,
    account: Account | None,
    *,
    at: datetime,
    key: form_keys.Key | None = None,
    status: int = 200,
    hold_up: str = "",
    typed: Typed | None = None,
) -> Conversation:
    if request.method == "POST" and request.headers.get("Accept", "").startswith("application/json"):
        return Conversation(answer=JsonResponse({"mend": True}))
    context = {
        "ticket": ticket,
        "situation": situation(ticket, at=at),
        "due": due_words(ticket.due_at),
        "is_late": ticket.is_ours and ticket.due_at <= at,
        "gone": gone(ticket, at=at),
        "figure": promise.figure(at=at),
        "said": said(ticket),
        "form": form,
        "key": (key or form_keys.new(account, at=at)).signed,
        "hold_up": hold_up,
        "typed": typed,
    }
    return Conversation(context, status)
