"""Take, give, refer, ask, write, judge a piece."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xpassfam.accounts.decorators import agent
from xpassfam.accounts.models import Account
from xpassfam.documents.actions.judging import NothingLeft, NotScanned
from xpassfam.filings.actions import examining, linking
from xpassfam.filings.agent_views import reading
from xpassfam.filings.agent_views.common import agent_of, back_to, sent, step
from xpassfam.filings.agents import situation
from xpassfam.filings.contested import may_unlink, reference_typed
from xpassfam.filings.forms.examining import (
    AskForm,
    ExtendForm,
    LinkForm,
    MessageForm,
    NoteForm,
    PieceForm,
    ReferForm,
    TransferForm,
    WordsForm,
)
from xpassfam.filings.forms.seen import SeenForm
from xpassfam.filings.holding import NeedsAnother, Overtaken
from xpassfam.filings.models import MessageTemplate, Piece
from xpassfam.filings.states import NotPossible, Status
from xpassfam.ui.forms import holding
from xpassfam.ui.words import full_day
from xpassfam.vault import actions as vault
from xpassfam.vault import words
from xpassfam.vault.models import File


@agent
@require_POST
def take(request: HttpRequest, public_id: str) -> HttpResponse:
    filing = sent(public_id)
    try:
        examining.take(filing, by=agent_of(request), at=timezone.now())
        messages.success(request, _("Cette demande est à vous."))
    except NeedsAnother as needs:
        messages.warning(request, situation.another_in_words(needs, agent_of(request)))
    except examining.AlreadyTaken:
        messages.warning(request, _("Un autre agent suit déjà cette demande : c’est à lui de la transférer."))
    except NotPossible:
        messages.warning(request, _("Cette demande a déjà sa réponse."))
    return back_to(filing)


@agent
@require_POST
def judge(request: HttpRequest, public_id: str, piece: int) -> HttpResponse:
    filing = sent(public_id)
    judged = get_object_or_404(filing.pieces.select_related("document"), pk=piece)
    form = PieceForm(request.POST, prefix="piece")
    if not judged.replaced_at and not form.is_valid():
        return reading.page(request, filing, piece=judged, piece_form=form, form=form)
    try:
        if judged.replaced_at:
            raise Overtaken
        examining.judge(judged, **form.cleaned_data, by=agent_of(request), at=timezone.now())
        messages.success(request, _("Votre avis sur cette pièce est gardé."))
    except Overtaken:
        return _judged_since(request, judged, form)
    except NeedsAnother as needs:
        messages.warning(request, situation.another_in_words(needs, agent_of(request)))
    except NotScanned:
        messages.warning(request, _("Cette pièce attend l’antivirus : elle se vérifiera dès qu’elle s’ouvrira."))
    except NothingLeft:
        told = _("Cette pièce est effacée, et personne ne l’avait vue : il n’y a rien à vérifier. Redemandez-la.")
        messages.warning(request, told)
    except NotPossible:
        messages.warning(request, _("Cette demande a déjà sa réponse : ses pièces ne se vérifient plus."))
    return back_to(filing)


def _judged_since(request: HttpRequest, judged: Piece, form: PieceForm) -> HttpResponse:
    """What was said of it meanwhile, and what was typed; of a piece that was replaced, the words beside the new one."""
    judged.refresh_from_db()
    typed = {name: form[name].value() for name in ("verdict", "explanation")}
    shown = judged
    if judged.replaced_at:
        shown = judged.filing.pieces.filter(key=judged.key, replaced_at=None).latest("pk")
        typed["verdict"] = None
    return reading.page(
        request,
        sent(judged.filing.public_id),
        piece=shown,
        piece_form=PieceForm(initial={**typed, "seen": shown.as_judged}, prefix="piece"),
        since=situation.said_since(judged),
        status=409,
    )


@agent
@require_POST
def write(request: HttpRequest, public_id: str) -> HttpResponse:
    filing = sent(public_id)
    form = MessageForm(request.POST, request.FILES, prefix="message")
    files = _received(form)
    if form.errors:
        return reading.page(request, filing, message_form=form, form=form, note_form=_typed(NoteForm, request))
    said = {name: form.cleaned_data[name] for name in ("text", "form_key")}
    kept: set[int] = set()
    try:
        message = examining.write(filing, files=files, **said, by=agent_of(request), at=timezone.now())
        kept.update(message.files.values_list("pk", flat=True))
    finally:
        for file in files:
            if file.pk not in kept:  # nothing was written, or the form had been sent already
                vault.discard(file)
    messages.success(request, _("Votre message est envoyé. La famille en est prévenue par e-mail."))
    if request.POST.get("note-text", "").strip():
        return reading.page(request, filing, note_form=_typed(NoteForm, request))
    return back_to(filing)


@agent
@require_POST
def pick_template(request: HttpRequest, public_id: str) -> HttpResponse:
    """Its text comes after what was typed."""
    filing = sent(public_id)
    chosen = next((one for one in MessageTemplate.objects.all() if str(one.pk) == request.POST.get("modele")), None)
    if chosen is None:
        raise Http404
    form = _typed(MessageForm, request)
    text = chosen.filled(name=str(filing.filed_by), reference=filing.reference or "", title=filing.title)
    form.initial["text"] = "\n\n".join(filter(None, [str(form.initial.get("text") or "").strip(), text]))
    return reading.page(request, filing, message_form=form, note_form=_typed(NoteForm, request))


def _typed(form_class: type[WordsForm], request: HttpRequest) -> WordsForm:
    """What stands in the other form of the page, which is not sent yet."""
    prefix = "note" if form_class is NoteForm else "message"
    return holding(form_class, request.POST, prefix=prefix)


def _received(form: MessageForm) -> list[File]:
    """The files that came with it, judged and locked; what is wrong with one is the field's error, and none is kept."""
    received: list[File] = []
    for given in form.cleaned_data["attached"] if form.is_valid() else ():
        try:
            received.append(vault.receive(given.chunks(), name=given.name, at=timezone.now()))
        except vault.Refused as refused:
            form.add_error("attached", words.refusal(refused.code, name=given.name))
    if not form.errors:
        return received
    for file in received:
        vault.discard(file)
    return []


@agent
@require_POST
def note(request: HttpRequest, public_id: str) -> HttpResponse:
    filing = sent(public_id)
    form = NoteForm(request.POST, prefix="note")
    if not form.is_valid():
        return reading.page(request, filing, note_form=form, form=form, message_form=_typed(MessageForm, request))
    examining.note(filing, **form.cleaned_data, by=agent_of(request), at=timezone.now())
    messages.success(request, _("Votre note est gardée."))
    if request.POST.get("message-text", "").strip():
        return reading.page(request, filing, message_form=_typed(MessageForm, request))
    return back_to(filing)


@agent
def ask(request: HttpRequest, public_id: str) -> HttpResponse:
    filing = sent(public_id)

    def act(form: SeenForm, by: Account, at: datetime) -> HttpResponse:
        said = form.cleaned_data
        asked = examining.ask(
            filing,
            fields=said["fields_asked"],
            pieces=said["pieces"],
            text=said["text"],
            until=said["until"],
            why_again=said["why_again"],
            seen=said["seen"],
            by=by,
            at=at,
        )
        told = _("C’est demandé, jusqu’au {day}. La famille lit exactement ce qui manque.")
        messages.success(request, told.format(day=full_day(asked.until)))
        return back_to(filing)

    return step(request, filing, AskForm, "filings/agents/ask.html", act)


@agent
def extend(request: HttpRequest, public_id: str) -> HttpResponse:
    filing = sent(public_id)

    def act(form: SeenForm, by: Account, at: datetime) -> HttpResponse:
        examining.extend(filing, until=form.cleaned_data["until"], seen=form.cleaned_data["seen"], by=by, at=at)
        messages.success(request, _("La famille a plus de temps, et le sait."))
        return back_to(filing)

    return step(request, filing, ExtendForm, "filings/agents/extend.html", act)


@agent
def refer(request: HttpRequest, public_id: str) -> HttpResponse:
    filing = sent(public_id)

    def act(form: SeenForm, by: Account, at: datetime) -> HttpResponse:
        examining.refer(filing, on=form.cleaned_data["on"], seen=form.cleaned_data["seen"], by=by, at=at)
        if filing.status == Status.COMMITTEE:
            messages.success(request, _("La famille connaît le nouveau jour de la commission."))
        else:
            messages.success(request, _("La demande passe en commission. La famille connaît le jour."))
        return back_to(filing)

    return step(request, filing, ReferForm, "filings/agents/refer.html", act)


@agent
def recall(request: HttpRequest, public_id: str) -> HttpResponse:
    """No committee looks at it after all."""
    filing = sent(public_id)

    def act(form: SeenForm, by: Account, at: datetime) -> HttpResponse:
        examining.recall(filing, seen=form.cleaned_data["seen"], by=by, at=at)
        messages.success(request, _("La demande ne passe plus en commission. La famille le sait."))
        return back_to(filing)

    return step(request, filing, SeenForm, "filings/agents/recall.html", act)


@agent
def transfer(request: HttpRequest, public_id: str) -> HttpResponse:
    filing = sent(public_id)

    def act(form: SeenForm, by: Account, at: datetime) -> HttpResponse:
        assert isinstance(form, TransferForm)  # noqa: S101
        said = form.cleaned_data
        examining.transfer(filing, to=form.agent, team=said["team"], seen=said["seen"], by=by, at=at)
        if form.agent or said["team"]:
            messages.success(request, _("La demande est transférée."))
        else:
            messages.success(request, _("Plus personne ne suit cette demande : elle attend dans la file."))
        return back_to(filing)

    return step(request, filing, TransferForm, "filings/agents/transfer.html", act)


@agent
def link(request: HttpRequest, public_id: str) -> HttpResponse:
    """A complaint that leads to no decision is linked to one by its reference."""
    filing = sent(public_id)

    def act(form: SeenForm, by: Account, at: datetime) -> HttpResponse:
        said = form.cleaned_data
        decision = linking.link(filing, said["reference"], seen=said["seen"], by=by, at=at)
        told = _("La réclamation est rattachée à la décision de {reference}.")
        messages.success(request, told.format(reference=decision.filing.reference))
        return back_to(filing)

    initial = {"reference": reference_typed(filing)}
    return step(request, filing, LinkForm, "filings/agents/link.html", act, initial=initial)


@agent
def unlink(request: HttpRequest, public_id: str) -> HttpResponse:
    filing = sent(public_id)
    if not may_unlink(filing, agent_of(request)):
        messages.warning(request, _("Ce rattachement ne se défait pas, ou n’est plus là : rien n’a changé."))
        return back_to(filing)

    def act(form: SeenForm, by: Account, at: datetime) -> HttpResponse:
        linking.unlink(filing, seen=form.cleaned_data["seen"], by=by, at=at)
        messages.success(request, _("La réclamation n’est plus rattachée à une décision."))
        return back_to(filing)

    return step(request, filing, SeenForm, "filings/agents/unlink.html", act)
