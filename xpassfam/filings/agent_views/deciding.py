"""Decide, each way on its own page: what is said, the letter as it will leave, then the act."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.accounts.decorators import agent
from xpassfam.accounts.models import Account
from xpassfam.filings import asking, verdicts
from xpassfam.filings.actions import confirming, deciding
from xpassfam.filings.agent_views.common import OWN_PROPOSAL, back_to, sent, step, unread_in_words
from xpassfam.filings.agents import dossier, foreseen
from xpassfam.filings.agents.situation import OUTCOMES
from xpassfam.filings.claims import above
from xpassfam.filings.forms.deciding import (
    ApproveForm,
    CloseForm,
    LiftForm,
    LimitForm,
    RefuseForm,
    SendBackForm,
    VerifiedForm,
)
from xpassfam.filings.forms.seen import SeenForm
from xpassfam.filings.models import Decision, Filing, Piece, Proposal
from xpassfam.filings.second_look import NeedsSecondLook, risks_of
from xpassfam.filings.verdicts import Verdict


@agent
def approve(request: HttpRequest, public_id: str) -> HttpResponse:
    return _decide(request, sent(public_id), ApproveForm, "filings/agents/approve.html", button=_("Valider et envoyer"))


@agent
def limit(request: HttpRequest, public_id: str) -> HttpResponse:
    return _decide(request, sent(public_id), LimitForm, "filings/agents/limit.html", button=_("Valider et envoyer"))


@agent
def refuse(request: HttpRequest, public_id: str) -> HttpResponse:
    return _decide(request, sent(public_id), RefuseForm, "filings/agents/refuse.html", button=_("Refuser et envoyer"))


@agent
def close(request: HttpRequest, public_id: str) -> HttpResponse:
    filing = sent(public_id)

    def act(form: SeenForm, by: Account, at: datetime) -> HttpResponse:
        deciding.close(filing, reason=form.cleaned_data["reason"], seen=form.cleaned_data["seen"], by=by, at=at)
        messages.success(request, _("La demande est classée. La famille lit pourquoi."))
        return back_to(filing)

    return step(request, filing, CloseForm, "filings/agents/close.html", act)


@agent
def lift(request: HttpRequest, public_id: str) -> HttpResponse:
    """What was awaited has come: the effects run."""
    filing, done = sent(public_id), _("La réserve est levée : les effets sont faits.")

    def act(form: Any, **how: Any) -> object:
        return deciding.lift_reserve(filing, amounts=form.amounts if form.amount_fields else None, **how)

    return _confirm(request, filing, LiftForm, act, "filings/agents/lift.html", done)


@agent
def record_silence(request: HttpRequest, public_id: str) -> HttpResponse:
    """Silence has accepted: an agent writes down what it gave."""
    done = _("L’acceptation par silence est enregistrée : les effets sont faits.")
    filing = sent(public_id)

    def act(form: Any, **how: Any) -> object:
        return deciding.record_implicit_acceptance(filing, **how)

    return _confirm(request, filing, VerifiedForm, act, "filings/agents/record_silence.html", done)


@agent
def confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    """Another agent proposed a yes."""
    filing = sent(public_id)
    proposal = filing.proposals.standing().select_related("proposed_by").first()
    if proposal is None:
        messages.warning(request, _("Il n’y a rien à confirmer : la demande a changé depuis, ou a sa réponse."))
        return back_to(filing)
    if proposal.proposed_by == request.user:
        messages.warning(request, OWN_PROPOSAL)
        return back_to(filing)
    template, button = "filings/agents/confirm.html", _("Confirmer et envoyer")
    return _decide(request, filing, VerifiedForm, template, button=button, proposal=proposal)


@agent
def send_back(request: HttpRequest, public_id: str) -> HttpResponse:
    filing = sent(public_id)

    def act(form: SeenForm, by: Account, at: datetime) -> HttpResponse:
        said = form.cleaned_data
        confirming.send_back(filing, word=said["word"], seen=said["seen"], by=by, at=at)
        messages.success(request, _("C’est renvoyé : rien n’est décidé, et votre collègue lit pourquoi."))
        return back_to(filing)

    return step(request, filing, SendBackForm, "filings/agents/send_back.html", act)


def _decide(
    request: HttpRequest,
    filing: Filing,
    form_class: type[Any],
    template: str,
    *,
    button: str,
    proposal: Proposal | None = None,
) -> HttpResponse:
    effects = foreseen.foreseen(filing, on=timezone.localdate())
    risks = [] if form_class is RefuseForm else risks_of(filing, at=timezone.now())

    def act(form: SeenForm, by: Account, at: datetime) -> HttpResponse:
        # What was proposed, word for word, or what the form says.
        verdict = confirming.verdict_of(proposal) if proposal else form.verdict()  # type: ignore[attr-defined]
        seen = form.cleaned_data["seen"]
        if request.POST.get("step") == "send":
            _send(request, filing, verdict, is_confirmed=proposal is not None, seen=seen, by=by, at=at)
            return back_to(filing)
        decision = deciding.preview(filing, verdict, seen=seen, by=by, at=at)
        takes_two = bool(risks) and proposal is None and verdict.outcome in verdicts.TAKE_EFFECT
        context = {
            "filing": filing,
            "carried": form.hidden,
            "decision": decision,
            "outcome": OUTCOMES[decision.outcome],
            "mentions": decision.letter["mentions"],
            "granted": decision.letter["granted"],
            "withheld": decision.letter["withheld"],
            "effects": _effects(decision) if decision.outcome in verdicts.TAKE_EFFECT else [],
            "above": above(form.claims, verdict.amounts or {}),
            "button": _("Proposer à un collègue") if takes_two else button,
            "risks": risks,
            "takes_two": takes_two,
            "proposal": proposal,
        }
        return render(request, "filings/agents/preview.html", context)

    pieces = dossier.pieces_of(filing)
    is_yes = form_class is not RefuseForm
    context: dict[str, Any] = {
        "effects": effects,
        "risks": risks,
        "proposal": proposal,
        "pieces": pieces,
        "unjudged": [one for one in pieces if is_yes and one.verdict == Piece.Verdict.PENDING],
        "promised": [asking.label_of_piece(filing, key) for key in asking.later_missing(filing)],
    }
    labels = asking.unread_pieces(filing) if is_yes else []
    if labels:
        context["unread"] = unread_in_words(labels)
    return step(request, filing, form_class, template, act, **context)


def _send(request: HttpRequest, filing: Filing, verdict: Verdict, *, is_confirmed: bool, **how: Any) -> None:
    """Decide, or propose what takes two agents."""
    try:
        decision = confirming.confirm(filing, **how) if is_confirmed else deciding.decide(filing, verdict, **how)
    except NeedsSecondLook:
        confirming.propose(filing, verdict, **how)
        messages.success(request, _("C’est proposé. Un autre agent confirme, et la lettre part."))
    else:
        messages.success(request, _("{outcome}. La lettre est partie.").format(outcome=OUTCOMES[decision.outcome]))


def _effects(decision: Decision) -> list[str]:
    return foreseen.foreseen(decision.filing, on=timezone.localdate(), grants=decision.grants)


def _confirm(
    request: HttpRequest, filing: Filing, form_class: type[Any], action: Callable[..., Any], template: str, done: str
) -> HttpResponse:
    decision = dossier.standing_decision(filing)

    def act(form: SeenForm, by: Account, at: datetime) -> HttpResponse:
        action(form, seen=form.cleaned_data["seen"], by=by, at=at)
        messages.success(request, done)
        return back_to(filing)

    context = {
        "effects": foreseen.foreseen(filing, on=timezone.localdate(), grants=decision.grants if decision else ()),
        "decision": decision,
    }
    return step(request, filing, form_class, template, act, **context)
