"""A family's certificates: what it can have, what it was given, its card."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xpassfam.accounts import devices
from xpassfam.accounts.decorators import family
from xpassfam.certificates import printing, saying, sheets, shown, situation
from xpassfam.certificates.actions import issuing
from xpassfam.certificates.actions.consulting import note_taken
from xpassfam.certificates.forms import AskForm
from xpassfam.certificates.kinds import Kind, kinds
from xpassfam.certificates.models import Certificate
from xpassfam.certificates.pages import Page
from xpassfam.people.access import FamilyRequest
from xpassfam.people.actions.holding import NotAllowed
from xpassfam.rules.identifiers import is_public_id, new_public_id


@family
@require_safe
def certificates(request: FamilyRequest) -> HttpResponse:
    known = situation.read(request.access)
    context = {"offers": shown.offers(known), "rows": shown.rows_for(request.access, known)}
    return render(request, "certificates/family/certificates.html", context)


@family
def ask(request: FamilyRequest, kind: str) -> HttpResponse:
    """What it will say, then the button."""
    described, known = _kind(kind), situation.read(request.access)
    key = _key(request)
    if first := Certificate.objects.visible_to(request.access).given_with(key, to=request.access.person_id):
        return redirect("certificates:certificate", first.public_id)
    form = AskForm(request.POST if request.method == "POST" else None, variants=saying.variants(described, known))
    if request.method == "POST" and form.is_valid():
        return _issue(request, described, form.cleaned_data["variant"], key)
    offer = shown.offer(described, known)
    context = {"kind": described, "offer": offer, "form": form, "key": key, "previews": _previews(described, known)}
    return render(request, "certificates/family/ask.html", context)


@family
@require_safe
def certificate(request: FamilyRequest, public_id: str) -> HttpResponse:
    found = _found(request, public_id)
    row = shown.row(found, on=request.access.on, known=situation.read(request.access))
    context = {"page": Page(found), "row": row, "certificate": found}
    return render(request, "certificates/family/certificate.html", context)


@family
@require_safe
def pdf(request: FamilyRequest, public_id: str) -> HttpResponse:
    found = _found(request, public_id)
    note_taken(found, by=devices.actor(request), at=timezone.now())
    return printing.attachment(found)


@family
@require_safe
def card(request: FamilyRequest) -> HttpResponse:
    """One's own card, else the one that the other adult of the home has."""
    cards = (
        Certificate.objects.visible_to(request.access).current().filter(kind="card").select_related("paper", "given_to")
    )
    mine = sorted(cards, key=lambda one: one.given_to_id != request.access.person_id)
    known = situation.read(request.access)
    row = shown.row(mine[0], on=request.access.on, known=known) if mine else None
    context = {
        "row": row,
        "page": Page(mine[0]) if mine else None,
        "offer": shown.offer(kinds()["card"], known),
    }
    return render(request, "certificates/family/card.html", context)


def _issue(request: FamilyRequest, kind: Kind, variant: str, key: str) -> HttpResponse:
    try:
        made = issuing.issue(
            request.access, kind=kind, variant=variant, form_key=key, by=devices.actor(request), at=timezone.now()
        )
    except saying.Unsayable as error:
        messages.error(request, str(shown.WHY[error.why]), extra_tags="focus")
    except issuing.NoSuchVariant:
        messages.error(request, _("Choisissez une des attestations proposées."), extra_tags="focus")
    except issuing.TooMany:
        text = _("Vous avez demandé beaucoup d’attestations aujourd’hui. Revenez demain, ou appelez-nous.")
        messages.error(request, text, extra_tags="focus")
    except NotAllowed as error:
        raise Http404 from error
    else:
        messages.success(request, _("C’est prêt. Vous pouvez l’enregistrer, l’imprimer, la donner."))
        return redirect("certificates:card") if kind.is_card else redirect("certificates:certificate", made.public_id)
    return redirect("certificates:home")


def _previews(kind: Kind, known: situation.Situation) -> dict[str, list[sheets.Section]]:
    """What each variant would say; nothing where nothing can be said."""
    made = {}
    for variant in saying.variants(kind, known):
        try:
            made[variant] = sheets.sections(saying.say(kind, known, variant), on=known.access.on)
        except saying.Unsayable:
            return {}
    return made


def _kind(slug: str) -> Kind:
    kind = kinds().get(slug)
    if kind is None or not kind.is_issued:
        raise Http404
    return kind


def _found(request: FamilyRequest, public_id: str) -> Certificate:
    rows = Certificate.objects.visible_to(request.access).select_related("paper", "given_to", "household", "face")
    return get_object_or_404(rows, public_id=public_id)


def _key(request: FamilyRequest) -> str:
    """The one-time key of the form: the same sent twice gives one certificate."""
    key = request.POST.get("key", "")
    return key if is_public_id(key) else new_public_id()
