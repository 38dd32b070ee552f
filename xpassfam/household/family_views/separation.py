"""Declaring a separation, and what follows until the organisation has settled it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from xpassfam.accounts import devices
from xpassfam.accounts.actions import passwords
from xpassfam.accounts.decorators import family
from xpassfam.household.actions import separating
from xpassfam.household.forms.confirming import ConfirmForm
from xpassfam.people.access import FamilyRequest
from xpassfam.people.actions.holding import NotAllowed
from xpassfam.people.actions.separating import may_declare
from xpassfam.people.models import Separation
from xpassfam.ui.words import clock


@family
@sensitive_post_parameters()
def separation(request: FamilyRequest) -> HttpResponse:
    """Before: what happens and what does not. After: where it stands."""
    if request.access.is_frozen:
        found = get_object_or_404(Separation.objects.visible_to(request.access).open())
        return _state(request, found, ConfirmForm())
    if not may_declare(request.access):
        raise Http404
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and _is_confirmed(request, form):
        _or_404(separating.declare, request)
        messages.success(request, _("C’est fait : le partage du dossier est suspendu. L’organisation est prévenue."))
        return redirect("household:separation")
    return render(request, "household/family/separate.html", {"form": form})


@require_POST
@family
@sensitive_post_parameters()
def take_back(request: FamilyRequest) -> HttpResponse:
    """« C’était une erreur », says who declared it."""
    found, form = _open(request), ConfirmForm(request.POST)
    if not _is_confirmed(request, form):
        return _state(request, found, form)
    _or_404(separating.take_back, request, found)
    messages.success(request, _("C’est noté. L’autre adulte doit encore être d’accord."))
    return redirect("household:separation")


@require_POST
@family
@sensitive_post_parameters()
def agree(request: FamilyRequest) -> HttpResponse:
    """The other adult agrees that it was a mistake."""
    found, form = _open(request), ConfirmForm(request.POST)
    if not _is_confirmed(request, form):
        return _state(request, found, form)
    _or_404(separating.agree, request, found)
    messages.success(request, _("C’est fait : le dossier est de nouveau partagé, comme avant."))
    return redirect("household:home")


@require_POST
@family
def maintain(request: FamilyRequest) -> HttpResponse:
    _or_404(separating.maintain, request, _open(request))
    messages.success(request, _("C’est noté : la séparation reste déclarée."))
    return redirect("household:separation")


def _open(request: FamilyRequest) -> Separation:
    return get_object_or_404(Separation.objects.visible_to(request.access).open())


def _or_404(act: Callable[..., Separation], request: FamilyRequest, *found: Separation) -> None:
    """What was settled meanwhile is not there any more."""
    try:
        act(*found, viewer=request.access, by=devices.actor(request), at=timezone.now())
    except NotAllowed as error:
        raise Http404 from error


def _is_confirmed(request: FamilyRequest, form: ConfirmForm) -> bool:
    if not form.is_valid():
        return False
    try:
        typed = form.cleaned_data["current_password"]
        passwords.confirm(request.user, typed, session=request.session, at=timezone.now())  # type: ignore[arg-type]
    except passwords.WrongPassword as refusal:
        wait = refusal.until and _("Trop d’essais. Réessayez à %(clock)s.") % {"clock": clock(refusal.until)}
        form.add_error("current_password", wait or _("Ce n’est pas votre mot de passe. Relisez-le avec « Afficher »."))
        return False
    return True


def _state(request: FamilyRequest, found: Separation, form: ConfirmForm) -> HttpResponse:
    context = {"separation": found, "form": form, "is_mine": found.declared_by_id == request.access.person_id}
    return render(request, "household/family/separated.html", context)
