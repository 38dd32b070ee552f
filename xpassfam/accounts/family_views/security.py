"""« Sécurité et appareils »: how the account is kept, whoever's it is."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xpassfam.accounts import channels_block, devices, freezing, presence
from xpassfam.accounts.actions import recovering
from xpassfam.accounts.actions.second_step import asking, recovery_codes
from xpassfam.accounts.decorators import signed_in
from xpassfam.accounts.forms.recovering import StopForm
from xpassfam.accounts.models import Account
from xpassfam.organisation.models import current
from xpassfam.rules import masking
from xpassfam.rules.second_step import STRONG, Method


@signed_in
def security(request: HttpRequest, account: Account) -> HttpResponse:
    now, organisation = timezone.now(), current()
    enrolled = asking.situation(account, None, at=now).enrolled
    allowed = organisation.allowed_methods
    shown = {
        "is_on": {method.value: method in enrolled for method in Method},
        "may_add": {method.value: _may_add(account, method, allowed) for method in Method},
        "is_protected": bool(enrolled & STRONG),
        "has_second_step": bool(enrolled),
        "phone": masking.phone(account.verified_phone) if account.verified_phone else "",
        "passkeys": account.passkeys.order_by("created_at"),
        "codes_left": recovery_codes.left(account),
        "most_codes": recovery_codes.HOW_MANY,
        "trusted_days": organisation.trusted_days,
        "places": presence.places_of(account, here=request.session.get("device_id"), at=now),
        "channels": channels_block.context(account),
        "stop_form": StopForm(is_own=True),
        "frozen_until": freezing.frozen_until(account, now),
        "recovery": None if account.is_staff else recovering.live(account, at=now),
    }
    return render(request, "accounts/family/security.html", shown)


@signed_in
@require_POST
def stop_recovery(request: HttpRequest, account: Account) -> HttpResponse:
    """Whoever is in needs no letter; or never asked for one."""
    now = timezone.now()
    if recovery := recovering.live(account, at=now):
        is_contested, device = "contested" in request.POST, devices.visitor(request).label
        recovering.stop(recovery, is_contested=is_contested, device=device, at=now)
        messages.success(request, _("C’est arrêté : le courrier n’ouvre plus rien."))
    return redirect("accounts:security")


def _may_add(account: Account, method: Method, allowed: frozenset[Method]) -> bool:
    """Staff have nothing weak; who turned a method on may always come back to it."""
    if account.is_staff:
        return method in STRONG
    return method in allowed
