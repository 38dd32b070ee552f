"""A rule is written, read over by another person, and published; nothing typed is lost."""

from collections.abc import Callable
from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xpassfam.accounts.decorators import administrator, staff
from xpassfam.accounts.models import Account
from xpassfam.definitions.yaml_text import Unreadable, read
from xpassfam.entitlements.actions import proposing, simulating
from xpassfam.entitlements.actions.publishing import CasesFail, digest_of
from xpassfam.entitlements.forms.writing import (
    CaseForm,
    ClosingForm,
    PartsForm,
    ReasonForm,
    RuleTextForm,
    SimulationForm,
)
from xpassfam.entitlements.language import Refused
from xpassfam.entitlements.language.writing import text_of
from xpassfam.entitlements.models import VOCABULARY, Proposal, Version
from xpassfam.entitlements.picture import in_force, picture
from xpassfam.entitlements.published import NoRules
from xpassfam.entitlements.simulating import usual_day
from xpassfam.journal.actions import Actor
from xpassfam.ui.forms import blank
from xpassfam.ui.writing import lines_near


@administrator
def write(request: HttpRequest) -> HttpResponse:
    """The whole text. Whether it is a right or what rules share is said by what it holds."""
    form: RuleTextForm
    if request.method != "POST":
        form = blank(
            RuleTextForm, request, initial={"text": _source_of(request.GET.get("droit", "").replace("\0", ""))}
        )
        return render(request, "entitlements/agents/write.html", {"form": form})
    form = RuleTextForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "entitlements/agents/write.html", {"form": form}, status=400)
    text, reason = form.cleaned_data["text"], form.cleaned_data["reason"]
    try:
        proposal = _propose(text, reason=reason, by=_actor(request))
    except Refused as refusal:
        shown = RuleTextForm(initial={"text": text, "reason": reason})
        context = {
            "form": shown,
            "problems": refusal.problems,
            "lines": lines_near(text, (problem.line for problem in refusal.problems)),
        }
        return render(request, "entitlements/agents/write.html", context, status=400)
    return redirect("entitlements:proposal", proposal.public_id)


@administrator
def write_parts(request: HttpRequest, code: str) -> HttpResponse:
    """Texts and amounts alone, without code."""
    tree = read(_source_of(code) or get_object_or_404(Version, code=code, number=1).source).tree
    form = PartsForm(tree, request.POST) if request.method == "POST" else PartsForm(tree)
    if request.method == "POST" and form.is_valid():
        try:
            text, reason = text_of(form.new_tree()), form.cleaned_data["reason"]
            return redirect("entitlements:proposal", _propose(text, reason=reason, by=_actor(request)).public_id)
        except Refused as refusal:
            for problem in refusal.problems:
                form.add_error(None, problem.text)
    context = {"form": form, "code": code, "title": tree.get("title", ""), "is_vocabulary": code == VOCABULARY}
    return render(request, "entitlements/agents/parts.html", context, status=400 if form.errors else 200)


@administrator
def close(request: HttpRequest, code: str) -> HttpResponse:
    version = get_object_or_404(Version.objects.exclude(code=VOCABULARY), code=code, number=1)
    form = ClosingForm(request.POST) if request.method == "POST" else blank(ClosingForm, request)
    if request.method == "POST" and form.is_valid():
        since, reason = form.cleaned_data["since"], form.cleaned_data["reason"]
        proposal = proposing.propose_closing(code, since=since, reason=reason, by=_actor(request), at=timezone.now())
        return redirect("entitlements:proposal", proposal.public_id)
    context = {"form": form, "code": code, "title": version.tree["title"]}
    return render(request, "entitlements/agents/close.html", context, status=400 if form.errors else 200)


@staff
def proposal(request: HttpRequest, public_id: str) -> HttpResponse:
    return _page(request, _found(public_id))


@administrator
@require_POST
def publish(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _found(public_id)
    try:
        if request.POST.get("read") != found.stamp:
            raise proposing.NotWaiting
        version = proposing.publish(found, by=_actor(request), at=timezone.now())
    except proposing.OwnProposal:
        messages.error(request, _("Vous avez écrit cette version : une autre personne la relit et la publie."))
    except (CasesFail, Refused):
        messages.error(request, _("Pas encore possible : voyez ce qui reste à corriger."))
    except proposing.NotWaiting:
        _say_too_late(request)
    else:
        messages.success(request, _("C’est publié : version {number}.").format(number=version.number))
        return redirect("entitlements:rule", version.code)
    return redirect("entitlements:proposal", public_id)


@administrator
@require_POST
def drop(request: HttpRequest, public_id: str) -> HttpResponse:
    try:
        proposing.drop(_found(public_id), by=_actor(request), at=timezone.now())
        messages.success(request, _("Cette version est abandonnée. Rien n’a été publié."))
    except proposing.NotWaiting:
        _say_too_late(request)
    return redirect("entitlements:home")


@administrator
@require_POST
def add_case(request: HttpRequest, public_id: str) -> HttpResponse:
    found, form = _found(public_id), CaseForm(request.POST)
    if not form.is_valid():
        return _page(request, found, case_form=form)
    return _changed(request, found, lambda by: proposing.add_case(found, form.case(), by=by, at=timezone.now()))


@administrator
@require_POST
def expect(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """What came out of a case becomes what is expected."""
    found, form = _found(public_id), ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, found, reason_form=form)
    why = form.cleaned_data["reason"]
    return _changed(
        request, found, lambda by: proposing.expect_what_came(found, number, reason=why, by=by, at=timezone.now())
    )


@administrator
@require_POST
def simulate(request: HttpRequest, public_id: str) -> HttpResponse:
    found, form = _found(public_id), SimulationForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        return _page(request, found, day_form=form)
    if found.is_waiting:
        simulating.ask(found, form.cleaned_data["day"], by=_actor(request), at=timezone.now())
    else:
        _say_too_late(request)
    return redirect("entitlements:proposal", public_id)


def _changed(request: HttpRequest, found: Proposal, change: Callable[[Actor], Proposal]) -> HttpResponse:
    try:
        change(_actor(request))
    except Refused as refusal:
        messages.error(request, refusal.problems[0].text)
    except (proposing.NotWaiting, IndexError):
        _say_too_late(request)
    return redirect("entitlements:proposal", found.public_id)


def _page(request: HttpRequest, found: Proposal, **forms: Any) -> HttpResponse:
    """Each form that comes back has something to mend."""
    now = timezone.now()
    today = timezone.localdate(now)
    former = in_force(list(Version.objects.filter(code=found.code, is_open=True)), max(found.since, today))
    shown = picture(found.code, found.source, at=now, former=former)
    simulation = found.simulations.first()
    context = {
        "proposal": found,
        "former": former,
        "is_backdated": found.is_waiting and found.since < today,
        "picture": shown,
        "is_vocabulary": found.code == VOCABULARY,
        "is_author": found.written_by == cast(Account, request.user).public_id,
        "simulation": simulation,
        "is_stale": bool(simulation and simulation.digest != digest_of(found.source)),
        "case_form": CaseForm(),
        "reason_form": ReasonForm(),
        "day_form": SimulationForm(today=today, initial={"day": _usual_day(found, today)}),
        **forms,
    }
    return render(request, "entitlements/agents/proposal.html", context, status=400 if forms else 200)


def _usual_day(found: Proposal, today: date) -> date:
    try:
        return usual_day(found, today=today, at=timezone.now())
    except (Refused, NoRules):
        return max(today, found.since)


def _propose(text: str, *, reason: str, by: Actor) -> Proposal:
    propose = proposing.propose_vocabulary if _is_vocabulary(text) else proposing.propose_right
    return propose(text, reason=reason, by=by, at=timezone.now())


def _is_vocabulary(text: str) -> bool:
    try:
        tree = read(text).tree
    except Unreadable:
        return False
    return isinstance(tree, dict) and "brackets" in tree


def _source_of(code: str) -> str:
    """What waits under that code, else what was published last; empty where there is nothing."""
    waiting = Proposal.objects.waiting().filter(code=code, is_open=True).first()
    if waiting:
        return waiting.source
    last = Version.objects.filter(code=code).order_by("-number").first()
    return last.source if last else ""


def _found(public_id: str) -> Proposal:
    return get_object_or_404(Proposal, public_id=public_id)


def _actor(request: HttpRequest) -> Actor:
    return cast(Account, request.user).actor


def _say_too_late(request: HttpRequest) -> None:
    messages.error(request, _("Cette version a changé entre-temps. La voici comme elle est."))
