"""One order, those that were chosen or those of a batch are noted as paid: looked at first, then said."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xpassfam.accounts import devices
from xpassfam.accounts.decorators import payer
from xpassfam.payments.actions import paying
from xpassfam.payments.forms import PaidForm
from xpassfam.payments.models import Batch, PaymentOrder
from xpassfam.payments.queue import ROWS, work_of
from xpassfam.rules.identifiers import is_public_id
from xpassfam.ui.forms import blank


@payer
def note(request: HttpRequest) -> HttpResponse:
    """What is named by the address when it is looked at, by the form when it is said."""
    asked, now = request.POST if request.method == "POST" else request.GET, timezone.now()
    batch = _batch(asked.get("lot", ""))
    named = _named(asked, batch)
    if not named.exists():
        messages.info(request, _("Cochez d’abord les paiements qui sont versés."))
        return redirect("payments:orders")
    unready = PaymentOrder.objects.waiting(now)
    payable = named.filter(status=PaymentOrder.Status.ORDERED).exclude(pk__in=unready.values("pk"))
    if request.method == "POST":
        form = PaidForm(request.POST)
        if form.is_valid():
            return _noted(request, list(payable), form)
    else:
        form = blank(PaidForm, request, initial={"paid_on": f"{timezone.localdate(now):%d/%m/%Y}"})
    context = {
        "batch": batch,
        "orders": payable.select_related("household", "account").order_by("ordered_at", "pk"),
        "work": work_of(payable),
        "left": named.exclude(pk__in=payable.values("pk")).select_related("household"),
        "form": form,
    }
    return render(request, "payments/agents/note.html", context)


def _batch(public_id: str) -> Batch | None:
    """The one that is named; None where none is."""
    if public_id and not is_public_id(public_id):
        raise Http404
    return get_object_or_404(Batch, public_id=public_id) if public_id else None


def _named(asked: QueryDict, batch: Batch | None) -> "QuerySet[PaymentOrder]":
    if batch:
        return batch.orders.all()
    chosen = [one for one in asked.getlist("o")[:ROWS] if is_public_id(one)]
    return PaymentOrder.objects.filter(public_id__in=chosen)


def _noted(request: HttpRequest, payable: list[PaymentOrder], form: PaidForm) -> HttpResponse:
    day = form.cleaned_data["paid_on"]
    noted = paying.note_all_paid(payable, on=day, by=devices.actor(request), at=timezone.now())
    if noted:
        told = ngettext(
            "C’est noté : {n} paiement est versé. La famille reçoit un e-mail.",
            "C’est noté : {n} paiements sont versés. Chaque famille reçoit un e-mail.",
            len(noted),
        )
        messages.success(request, told.format(n=len(noted)))
    else:
        messages.warning(request, _("Rien n’a changé : ces paiements étaient déjà notés, ou annulés."))
    return redirect("payments:orders")
