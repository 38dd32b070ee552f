"""« Vos appareils »: one signed out, or all the others, once their owner has proved who they are (ASVS 7.5.2)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xpassfam.accounts import devices, presence
from xpassfam.accounts.actions import signing_out
from xpassfam.accounts.decorators import confirmed, signed_in
from xpassfam.accounts.models import Account


@require_POST
@signed_in
@confirmed
def end(request: HttpRequest, account: Account, public_id: str) -> HttpResponse:
    """Another device of one's own; this one is left by « Me déconnecter »."""
    others = account.known_devices.exclude(device=request.session.get("device_id"))
    known = get_object_or_404(others, public_id=public_id)
    signing_out.end_device(known, account, device=devices.visitor(request).label, at=timezone.now())
    text = _("C’est fait : {device} est déconnecté.").format(device=presence.named(known.label))
    messages.success(request, text)
    return redirect("accounts:security")


@require_POST
@signed_in
@confirmed
def end_others(request: HttpRequest, account: Account) -> HttpResponse:
    key, label = request.session.session_key, devices.visitor(request).label
    signing_out.end_others(account, session_key=key, device=label, at=timezone.now())
    messages.success(request, _("C’est fait : tous vos autres appareils sont déconnectés."))
    return redirect("accounts:security")


@require_POST
@signed_in
def distrust(request: HttpRequest, account: Account, public_id: str) -> HttpResponse:
    """Ask for the second step there again: that protects more, so nothing is proved first."""
    known = get_object_or_404(account.known_devices, public_id=public_id)
    known.trusted_until = None
    known.save(update_fields=["trusted_until"])
    messages.success(request, _("C’est fait : la deuxième étape y sera demandée."))
    return redirect("accounts:security")
