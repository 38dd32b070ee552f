"""One order: what it is for, where it stands, what may be done of it."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xpassfam.accounts import devices
from xpassfam.accounts.decorators import payer
from xpassfam.accounts.models import Account
from xpassfam.payments.actions import exporting, paying
from xpassfam.payments.forms import CancelForm
from xpassfam.payments.models import PaymentOrder
from xpassfam.ui.forms import blank


@payer
@require_safe
def order(request: HttpRequest, public_id: str) -> HttpResponse:
    found, now = _found(public_id), timezone.now()
    exporting.note_read(found.household, by=cast(Account, request.user), at=now)
    accounts = found.household.bank_details
    context = {
        "order": found,
        "active": accounts.active(now).first(),
        "coming": accounts.coming(now).first(),
        "is_to_pay": found.status == PaymentOrder.Status.ORDERED,
        "may_undo": found.may_be_undone(now),
    }
    return render(request, "payments/agents/order.html", context)


@payer
@require_POST
def undo(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _found(public_id)
    try:
        paying.undo_paid(found, by=devices.actor(request), at=timezone.now())
        messages.success(request, _("C’est défait : ce paiement est de nouveau à verser."))
    except paying.TooLateToUndo:
        messages.warning(request, _("Ce n’est plus possible : un paiement noté se défait le jour même seulement."))
    return redirect("payments:order", public_id)


@payer
@require_POST
def take_out(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _found(public_id)
    try:
        paying.take_out(found, by=devices.actor(request), at=timezone.now())
        messages.success(request, _("Ce paiement est de nouveau à verser. Il partira dans un autre lot."))
    except paying.NotToPay:
        messages.warning(request, _("Rien n’a changé : ce paiement n’est plus dans un lot à confirmer."))
    return redirect("payments:order", public_id)


@payer
def cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _found(public_id)
    form = CancelForm(request.POST) if request.method == "POST" else blank(CancelForm, request)
    if form.is_bound and form.is_valid():
        try:
            paying.cancel(found, reason=form.cleaned_data["reason"], by=devices.actor(request), at=timezone.now())
            messages.success(request, _("C’est annulé. La famille lit pourquoi dans son historique."))
        except paying.NotToPay:
            messages.warning(request, _("Rien n’a changé : ce paiement est déjà versé, ou annulé."))
        return redirect("payments:order", public_id)
    return render(request, "payments/agents/cancel.html", {"order": found, "form": form})


def _found(public_id: str) -> PaymentOrder:
    rows = PaymentOrder.objects.select_related("household", "account", "batch")
    return get_object_or_404(rows, public_id=public_id)
