"""The account that a family is paid to, the one that is to come, which it can stop, and what is paid there."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xpassfam.accounts import devices
from xpassfam.accounts.decorators import family
from xpassfam.payments import received
from xpassfam.payments.actions import stop_change
from xpassfam.payments.actions.bank_details import TooLate
from xpassfam.payments.models import BankDetails
from xpassfam.people.access import FamilyRequest
from xpassfam.rules.visibility import COUPLE_ROLES, may_see_payments


@family
def bank_details(request: FamilyRequest) -> HttpResponse:
    """Messages lead here: while a separation is declared, the couple reads why nothing is shown."""
    access, now = request.access, timezone.now()
    if not may_see_payments(access, access.household_id):
        if access.is_frozen and access.role in COUPLE_ROLES:
            return render(request, "payments/family/hidden.html")
        raise Http404
    visible = BankDetails.objects.visible_to(access)
    page = received.page(access, request.GET.get("avant", ""))
    context = {
        "active": visible.active(now).first(),
        "coming": visible.coming(now).first(),
        "orders": page.orders,
        "newer_url": request.path if "avant" in request.GET else "",
        "older_url": f"?avant={page.following.public_id}" if page.following else "",
    }
    return render(request, "payments/family/bank_details.html", context)


@require_POST
@family
def stop(request: FamilyRequest, public_id: str) -> HttpResponse:
    """« Ce n’est pas moi »."""
    details = get_object_or_404(BankDetails.objects.visible_to(request.access), public_id=public_id)
    try:
        stop_change(details, by=devices.actor(request), at=timezone.now())
        messages.success(request, _("C’est fait : le nouveau compte ne servira pas."))
    except TooLate:
        text = _("Trop tard : ce compte sert déjà, ou a déjà été arrêté. S’il n’est pas à vous, appelez-nous.")
        messages.error(request, text, extra_tags="focus")
    return redirect("payments:bank-details")
