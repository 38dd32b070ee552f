"""An agent reads a document, which the family's history says; checks what was given in advance; asks for it again. The
family reads why.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xpassfam.accounts import devices, opened_archives
from xpassfam.accounts.decorators import agent
from xpassfam.accounts.models import Account
from xpassfam.documents import serving
from xpassfam.documents.actions import judging
from xpassfam.documents.actions.consulting import note_opening
from xpassfam.documents.attaching import attachment
from xpassfam.documents.elsewhere import given_elsewhere
from xpassfam.documents.forms import AgainForm, CheckForm
from xpassfam.documents.models import Document, Opening, Verdict
from xpassfam.documents.shown import shown, verdict_in_words
from xpassfam.documents.uses import Use, uses_of
from xpassfam.organisation.models import current
from xpassfam.rules.time_limits import months_before
from xpassfam.ui.forms import blank


class SetAside(Exception):
    """All that it served for is archived: `url` is the door."""

    def __init__(self, url: str) -> None:
        self.url = url
        super().__init__(url)


def reader(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """For agents; to the door of what is archived first."""

    @agent
    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except SetAside as closed:
            return redirect(closed.url)

    return inner


@reader
@require_safe
def document(request: HttpRequest, public_id: str) -> HttpResponse:
    return _page(request, _opened(request, public_id, Opening.Act.READ), CheckForm())


@reader
def check(request: HttpRequest, public_id: str) -> HttpResponse:
    """Of what no request is about to say itself."""
    if request.method != "POST":
        return redirect("documents:agents-document", public_id)
    found, form = _opened(request, public_id, Opening.Act.READ), CheckForm(request.POST)
    if _checked_in(_uses(found)):
        messages.warning(request, _("Ce document se vérifie avec la demande qui s’en sert."))
        return redirect("documents:agents-document", public_id)
    if not form.is_valid():
        return _page(request, found, form)
    try:
        judging.check(found, **form.said, by=devices.actor(request), at=timezone.now())
    except judging.AlreadyJudged:
        messages.warning(request, _("Quelqu’un a été plus rapide : ce document a déjà sa réponse. La voici."))
        return redirect("documents:agents-document", public_id)
    except judging.NotScanned:
        messages.warning(request, _("Ce document attend l’antivirus : il se vérifiera dès qu’il s’ouvrira."))
        return redirect("documents:agents-document", public_id)
    messages.success(request, _("Votre réponse est gardée. La famille reçoit un e-mail."))
    return redirect("desk:documents")


@reader
def ask_again(request: HttpRequest, public_id: str) -> HttpResponse:
    """First a page that says what follows."""
    found = _opened(request, public_id, Opening.Act.READ)
    form = AgainForm(request.POST) if request.method == "POST" else blank(AgainForm, request)
    if found.verdict != Verdict.ACCEPTED:
        messages.info(request, _("Ce document n’est pas accepté : il n’y a rien à retirer."))
        return redirect("documents:agents-document", public_id)
    if not form.is_valid():
        return render(request, "documents/agents/again.html", _context(found) | {"form": form})
    judging.ask_again(found, reason=form.cleaned_data["reason"], by=devices.actor(request), at=timezone.now())
    messages.success(request, _("C’est demandé. La famille lit pourquoi."))
    return redirect("documents:agents-document", public_id)


@reader
@require_safe
def page(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    return serving.picture(_opened(request, public_id, Opening.Act.READ), number)


@reader
@require_safe
def file(request: HttpRequest, public_id: str, number: int) -> HttpResponseBase:
    found = _opened(request, public_id, Opening.Act.TAKEN)
    part = serving.part_of(found, number)
    return attachment(request, part.file, name=part.name)


@reader
@require_safe
def pdf(request: HttpRequest, public_id: str) -> HttpResponseBase:
    found = _found(request, public_id)
    answer = serving.pdf(request, found, page="documents:agents-document")
    if answer.streaming:
        note_opening(found, Opening.Act.TAKEN, by=devices.actor(request), at=timezone.now())
    return answer


def _page(request: HttpRequest, found: Document, form: CheckForm) -> HttpResponse:
    context = _context(found) | {
        "leaves": serving.leaves(found, route="documents:agents-page"),
        "parts": serving.parts(found, route="documents:agents-file"),
        "bound": serving.bound(found, route="documents:agents-pdf"),
        "may_ask_again": found.verdict == Verdict.ACCEPTED and not found.is_replaced,
        "form": form,
    }
    is_pending = found.verdict == Verdict.PENDING and not found.is_replaced
    context["checked_in"] = _checked_in(context["uses"]) if is_pending else None
    is_open = all(one.file.is_ready for one in found.attached.all())
    context["may_check"] = is_pending and is_open and not context["checked_in"]
    return render(request, "documents/agents/document.html", context)


def _uses(document: Document) -> list[Use]:
    return uses_of([document], None)[document.pk]


def _checked_in(uses: Sequence[Use]) -> Use | None:
    return next((use for use in uses if use.is_checking), None)


def _context(document: Document) -> dict[str, Any]:
    return {
        "document": document,
        "shown": shown(document, on=timezone.localdate()),
        "verdict": verdict_in_words(document, is_for_family=False),
        "uses": _uses(document),
        "twins": given_elsewhere([document]).get(document.pk, []),
        "is_good": document.is_good_on(timezone.localdate()),
    }


def _opened(request: HttpRequest, public_id: str, act: Opening.Act) -> Document:
    found = _found(request, public_id)
    note_opening(found, act, by=devices.actor(request), at=timezone.now())
    return found


def _found(request: HttpRequest, public_id: str) -> Document:
    """Raise SetAside."""
    rows = Document.objects.as_shown().select_related("household", "pdf").prefetch_related("attached__file")
    found = get_object_or_404(rows, public_id=public_id)
    _refuse_set_aside(request, found, at=timezone.now())
    return found


def _refuse_set_aside(request: HttpRequest, document: Document, *, at: datetime) -> None:
    """A document goes with the requests that it served for, unless it may still serve."""
    may_serve = document.described.is_reusable and document.is_good_on(timezone.localdate(at))
    if may_serve or document.given_at > months_before(at, current().archive_months):
        return
    uses, by = _uses(document), cast(Account, request.user)
    opened = [use for use in uses if opened_archives.is_open(request.session, use.archive, by=by, at=at)]
    closed = [use for use in uses if use.archive and use not in opened]
    if closed and len(closed) == len(uses):
        raise SetAside(closed[0].url)
