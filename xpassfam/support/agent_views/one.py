"""One ticket: read, answered, noted, taken, closed. Reading it is in its owner's history."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xpassfam.accounts import failing
from xpassfam.accounts.decorators import agent
from xpassfam.accounts.models import Account
from xpassfam.documents.attaching import attachment
from xpassfam.people.models import Household
from xpassfam.support import conversing, desk, meant, shown
from xpassfam.support.actions import answering, helping
from xpassfam.support.actions.helping import Help
from xpassfam.support.forms.answering import AnswerForm, HelpForm, LinkForm, MergeForm, NoteForm
from xpassfam.support.holding import NotPossible
from xpassfam.support.models import AnswerTemplate, Incident, Ticket
from xpassfam.ui.forms import blank


@agent
@require_safe
def ticket(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _found(public_id)
    if found.merged_into:
        return redirect("support:agents-ticket", public_id=found.merged_into.public_id)
    return _page(request, found)


def acting(view: Callable[[HttpRequest, Ticket], HttpResponse]) -> Callable[..., HttpResponseBase]:
    """A button of the page, on a ticket that was merged or closed meanwhile, perhaps: that is told."""

    @agent
    @require_POST
    @wraps(view)
    def inner(request: HttpRequest, public_id: str) -> HttpResponse:
        found = _found(public_id)
        try:
            return view(request, found)
        except (answering.CannotMerge, NotPossible):
            messages.warning(request, _("Cette demande d’aide vient d’être fusionnée ou close par quelqu’un d’autre."))
            return _back(found)

    return inner


@acting
def answer(request: HttpRequest, found: Ticket) -> HttpResponse:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, found, answer_form=form)
    data, closes = form.cleaned_data, "close" in request.POST
    said = answering.answer(
        found, text=data["text"], closes=closes, form_key=data["form_key"], by=_by(request), at=timezone.now()
    )
    if said.is_masked:
        messages.warning(request, _("Un mot de passe ou un code était dans votre réponse : il a été caché."))
    messages.success(request, _("La réponse est partie."))
    return redirect("support:queue") if closes else _back(found)


@acting
def note(request: HttpRequest, found: Ticket) -> HttpResponse:
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, found, note_form=form)
    answering.note(found, text=form.cleaned_data["text"], by=_by(request), at=timezone.now())
    return _back(found)


@acting
def take(request: HttpRequest, found: Ticket) -> HttpResponse:
    answering.take(found, by=_by(request))
    messages.success(request, _("Cette demande d’aide est à vous."))
    return _back(found)


@acting
def close(request: HttpRequest, found: Ticket) -> HttpResponse:
    try:
        answering.close(found, by=_by(request), at=timezone.now())
    except NotPossible:
        messages.warning(request, _("Personne n’a encore répondu : répondez d’abord, la promesse court."))
    else:
        messages.success(request, _("La demande d’aide est close."))
    return _back(found)


@acting
def reopen(request: HttpRequest, found: Ticket) -> HttpResponse:
    answering.reopen(found, by=_by(request), at=timezone.now())
    return _back(found)


@acting
def merge(request: HttpRequest, found: Ticket) -> HttpResponse:
    form = MergeForm(request.POST, ticket=found)
    if not form.is_valid():
        return _page(request, found, merge_form=form)
    into = answering.merge(found, into=form.cleaned_data["reference"], by=_by(request), at=timezone.now())
    messages.success(request, _("Les deux demandes n’en font plus qu’une, avec l’heure promise la plus proche."))
    return _back(into)


@acting
def link(request: HttpRequest, found: Ticket) -> HttpResponse:
    form = LinkForm(request.POST, ticket=found)
    if not form.is_valid():
        return _page(request, found, link_form=form)
    answering.link(found, about=form.cleaned_data["about"], by=_by(request), at=timezone.now())
    return _back(found)


@acting
def help_with(request: HttpRequest, found: Ticket) -> HttpResponse:
    form = HelpForm(request.POST)
    kind = Help(form.cleaned_data["help"]) if form.is_valid() else None
    try:
        if kind is None:
            raise helping.CannotHelp
        helping.help_with(found, kind, by=_by(request), at=timezone.now())
    except (helping.CannotHelp, NotPossible):
        messages.warning(
            request, _("Ce geste n’est pas possible maintenant. La page dit pourquoi, ou réessayez dans une heure.")
        )
    else:
        messages.success(request, _("C’est fait, et c’est dans l’historique de la personne."))
    return _back(found)


@agent
@require_safe
def file(request: HttpRequest, public_id: str, message: str, number: int) -> HttpResponseBase:
    ticket = _found(public_id)
    found = conversing.file_of(ticket, message, number)
    answering.open_file(ticket, by=_by(request), at=timezone.now())
    return attachment(request, found, name=found.name)


def _found(public_id: str) -> Ticket:
    known = Ticket.objects.select_related(
        "account__person", "assigned_to", "filing__procedure_version", "document", "merged_into"
    )
    return get_object_or_404(known, public_id=public_id)


def _by(request: HttpRequest) -> Account:
    return cast(Account, request.user)


def _back(found: Ticket) -> HttpResponse:
    return redirect("support:agents-ticket", public_id=found.public_id)


def _page(request: HttpRequest, found: Ticket, **forms: Any) -> HttpResponse:
    """The page as a whole, read whatever led to it; a form that is to be mended comes back in it."""
    now, who = timezone.now(), _by(request)
    answering.open_file(found, by=who, at=now)
    known = helping.known_of(found)
    templates = list(AnswerTemplate.objects.all())
    wanted = request.GET.get("modele", "")
    template = next((one for one in templates if str(one.pk) == wanted), None)
    names = {"first_name": meant.first_name_of(found), "reference": found.reference, "agent": str(who)}
    text = template.filled(**names) if template else ""
    person = known.person
    context = {
        "ticket": found,
        "row": desk.row(found, at=now),
        "situation": shown.situation(found, at=now),
        "said": shown.said(found),
        "notes": found.notes.all(),
        "known": known,
        "hidden_email": meant.hidden(meant.mailbox_of(found)),
        "homes": Household.objects.filter(residences__person=person, residences__until=None) if person else (),
        "doubles": desk.doubles(found)[:5],
        "incident": Incident.objects.filter(code=found.incident).first() if found.incident else None,
        "no_recovery": helping.why_no_recovery(known, at=now),
        "troubles": failing.latest_of(known.account) if known.account and found.is_proved else (),
        "helps": [(one, helping.why_not(one, known, found)) for one in Help],
        "templates": templates,
        "template": template,
        "answer_form": blank(AnswerForm, request, initial={"text": text}),
        "note_form": blank(NoteForm, request, auto_id="note_%s"),
        "merge_form": MergeForm(ticket=found, auto_id="merge_%s"),
        "link_form": LinkForm(ticket=found, auto_id="link_%s"),
        **forms,
    }
    return render(request, "support/agents/ticket.html", context)
