"""What is ready leaves in a batch; its file holds the account numbers, and whoever sees to payments is told."""

from typing import cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xpassfam.accounts.decorators import payer
from xpassfam.accounts.models import Account
from xpassfam.payments import queue
from xpassfam.payments.actions import exporting
from xpassfam.payments.models import Batch, PaymentOrder
from xpassfam.payments.queue import View
from xpassfam.payments.sealing import Unreadable
from xpassfam.payments.table import as_csv
from xpassfam.rules.identifiers import is_public_id, new_public_id


@payer
def export(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    if request.method == "POST":
        try:
            made = exporting.make_batch(form_key=_key(request), by=cast(Account, request.user), at=now)
            return redirect("payments:batch", made.public_id)
        except exporting.NothingToExport:
            messages.warning(request, _("Rien n’est à exporter : quelqu’un a été plus rapide, ou un compte a changé."))
            return redirect("payments:orders")
    waiting = queue.work_by_view(at=now)
    context = {
        "work": queue.work_of(PaymentOrder.objects.ready(now)),
        "most": exporting.MOST,
        "held_back": waiting[View.WAITING],
        "lacking": waiting[View.NO_ACCOUNT],
        "key": _key(request),
    }
    return render(request, "payments/agents/export.html", context)


@payer
@require_safe
def batch(request: HttpRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(Batch, public_id=public_id)
    orders = found.orders.select_related("household", "account").order_by("ordered_at", "pk")
    context = {
        "batch": found,
        "orders": orders,
        "is_open": any(one.status == PaymentOrder.Status.ORDERED for one in orders),
    }
    return render(request, "payments/agents/batch.html", context)


@payer
@require_POST
def take(request: HttpRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(Batch, public_id=public_id)
    try:
        with transaction.atomic():  # what can't be written whole is told to nobody
            table = as_csv(exporting.give(found, by=cast(Account, request.user), at=timezone.now()))
    except exporting.NothingToExport:
        messages.warning(request, _("Rien n’est à exporter : quelqu’un a été plus rapide, ou un compte a changé."))
        return redirect("payments:batch", public_id)
    except Unreadable:
        text = _("Un numéro de compte ne se lit plus. Prévenez la personne qui tient le serveur : la clé a changé.")
        messages.error(request, text, extra_tags="focus")
        return redirect("payments:batch", public_id)
    response = HttpResponse(table, content_type="text/csv; charset=utf-8")
    day = timezone.localtime(found.made_at)
    response.headers["Content-Disposition"] = f'attachment; filename="paiements-{day:%Y-%m-%d-%H%M}.csv"'
    return response


def _key(request: HttpRequest) -> str:
    key = request.POST.get("key", "")
    return key if is_public_id(key) else new_public_id()
