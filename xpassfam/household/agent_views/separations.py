"""Separations that the organisation settles."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.accounts.decorators import agent
from xpassfam.accounts.models import Account
from xpassfam.household import separations as couples
from xpassfam.household.actions import separating
from xpassfam.household.actions.consulting import consult
from xpassfam.household.declared import Reader, said
from xpassfam.household.forms.settling import SettleForm
from xpassfam.people.actions.holding import NotAllowed
from xpassfam.people.actions.separating import StillTogether
from xpassfam.people.models import Separation


@agent
def separations(request: HttpRequest) -> HttpResponse:
    """Those to settle, the oldest first."""
    return render(request, "household/agents/separations.html", {"rows": couples.waiting(on=timezone.localdate())})


@agent
def settle(request: HttpRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(Separation.objects.open().select_related("household", "declared_by"), public_id=public_id)
    form = SettleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            separating.settle(found, **form.cleaned_data, by=request.user.actor, at=timezone.now())  # type: ignore[union-attr]
        except StillTogether:
            form.add_error(
                "outcome", _("Le registre les a encore dans le même dossier. Importez d’abord les deux dossiers.")
            )
        except NotAllowed:
            messages.info(request, _("Cette séparation a été réglée entre-temps."))
            return redirect("household:separations")
        else:
            messages.success(request, _("C’est réglé. Les deux adultes reçoivent un e-mail."))
            return redirect("household:separations")
    user, now = cast(Account, request.user), timezone.now()
    consult(found.household, with_contacts=True, by=user, at=now)
    declared = said([found], Reader(user, now)).get(found.pk)
    residents = couples.residents(found, declared, on=timezone.localdate(now), by=user.role)
    context = {"separation": found, "declared": declared, "form": form, "residents": residents}
    return render(request, "household/agents/settle.html", context)
