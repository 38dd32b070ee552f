"""A family's certificates as agents see them: given, printed, withdrawn. Its history says who did what."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xpassfam.accounts import devices
from xpassfam.accounts.decorators import agent
from xpassfam.accounts.models import Account
from xpassfam.certificates import giving, printing, saying, shown
from xpassfam.certificates.actions import issuing, revoking
from xpassfam.certificates.actions.consulting import note_taken
from xpassfam.certificates.forms import GiveForm, RevokeForm
from xpassfam.certificates.kinds import kind_of
from xpassfam.certificates.models import Certificate, State
from xpassfam.household.actions.consulting import consult
from xpassfam.people.actions.holding import NotAllowed
from xpassfam.people.models import Household
from xpassfam.rules.identifiers import is_public_id, new_public_id


@agent
def certificates(request: HttpRequest, public_id: str) -> HttpResponse:
    household = get_object_or_404(Household, public_id=public_id)
    now, agent_account = timezone.now(), cast(Account, request.user)
    consult(household, by=agent_account, at=now)
    today = timezone.localdate(now)
    typed = request.POST if request.method == "POST" else None
    form = GiveForm(typed, persons=giving.persons(household, on=today), variants=giving.variants(on=today))
    if form.is_bound and form.is_valid() and _is_given(request, household, form):
        return redirect("certificates:agents-home", household.public_id)
    rows = household.certificates.select_related("paper", "given_to").order_by("-issued_at", "-pk")[: shown.LISTED]
    context = {
        "household": household,
        "form": form,
        "key": _key(request),
        "rows": [shown.row(one, on=today) for one in rows],
        "revoked": State.REVOKED,
    }
    return render(request, "certificates/agents/certificates.html", context)


@agent
def revoke(request: HttpRequest, public_id: str) -> HttpResponse:
    found, now = _found(public_id), timezone.now()
    consult(found.household, by=cast(Account, request.user), at=now)
    form = RevokeForm(request.POST if request.method == "POST" else None)
    if found.paper.revoked_at:
        messages.info(request, _("Cette attestation est déjà retirée."))
        return redirect("certificates:agents-home", found.household.public_id)
    if form.is_bound and form.is_valid():
        try:
            revoking.revoke(found, **form.cleaned_data, by=devices.actor(request), at=now)
            messages.success(request, _("C’est retiré. La famille lit pourquoi."))
        except revoking.AlreadyRevoked:
            messages.info(request, _("Cette attestation est déjà retirée."))
        return redirect("certificates:agents-home", found.household.public_id)
    context = {"certificate": found, "row": shown.row(found, on=timezone.localdate(now)), "form": form}
    return render(request, "certificates/agents/revoke.html", context)


@agent
@require_safe
def pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _found(public_id)
    note_taken(found, by=devices.actor(request), at=timezone.now())
    return printing.attachment(found)


def _is_given(request: HttpRequest, household: Household, form: GiveForm) -> bool:
    """What stands in the way becomes an error of the form."""
    code, _separator, variant = form.cleaned_data["what"].partition(":")
    now = timezone.now()
    try:
        access = giving.access_of(form.cleaned_data["given_to"], household, on=timezone.localdate(now))
        made = issuing.issue(
            access, kind=kind_of(code), variant=variant, form_key=_key(request), by=devices.actor(request), at=now
        )
    except saying.Unsayable as error:
        form.add_error("what", giving.WHY[error.why])
    except issuing.TooMany:
        form.add_error("what", _("Cette personne en a eu beaucoup aujourd’hui. Attendez demain."))
    except issuing.NoSuchVariant:
        form.add_error("what", _("Cette forme n’existe pas aujourd’hui : aucune tranche n’est réglée."))
    except NotAllowed:
        form.add_error("given_to", _("Cette personne n’a plus accès à ce dossier."))
    else:
        messages.success(request, _("C’est établi : n° {number}.").format(number=made.number))
        return True
    return False


def _found(public_id: str) -> Certificate:
    rows = Certificate.objects.select_related("paper", "given_to", "household", "face")
    return get_object_or_404(rows, public_id=public_id)


def _key(request: HttpRequest) -> str:
    key = request.POST.get("key", "")
    return key if is_public_id(key) else new_public_id()
