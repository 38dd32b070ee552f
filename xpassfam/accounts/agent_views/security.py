"""« Ce n’est pas moi »: what families did not recognise, from the report to its answer."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.accounts.actions import contesting
from xpassfam.accounts.decorators import agent
from xpassfam.accounts.forms.contesting import AnswerForm
from xpassfam.accounts.models import Account, Contestation, EmailChange
from xpassfam.people.models import Household
from xpassfam.ui.forms import blank

MOST_CLOSED = 50
MOST_OPEN = 200


@agent
def contestations(request: HttpRequest) -> HttpResponse:
    known = Contestation.objects.select_related("account", "closed_by")
    context = {
        "open": known.open().order_by("opened_at")[:MOST_OPEN],
        "closed": known.exclude(closed_at=None).order_by("-closed_at")[:MOST_CLOSED],
    }
    return render(request, "accounts/agents/contestations.html", context)


@agent
def contestation(request: HttpRequest, public_id: str) -> HttpResponse:
    """Reading it is written in its owner's history; answering closes it."""
    known = Contestation.objects.select_related("account__person", "closed_by")
    found = get_object_or_404(known, public_id=public_id)
    by, now = cast(Account, request.user), timezone.now()
    form = AnswerForm(request.POST) if request.method == "POST" else blank(AnswerForm, request)
    if request.method == "POST" and form.is_valid():
        try:
            contesting.close(found, answer=form.cleaned_data["answer"], by=by, at=now)
        except contesting.AlreadyClosed:
            messages.warning(request, _("Ce signalement vient d’être traité par quelqu’un d’autre. Voici sa réponse."))
        else:
            messages.success(request, _("C’est fait : le signalement est clos, et la personne lit votre réponse."))
        return redirect("accounts:contestation", public_id=public_id)
    contesting.open_file(found, by=by, at=now)
    homes = Household.objects.filter(residences__person=found.account.person_id, residences__until=None)
    change = EmailChange.objects.select_related("revert_proposed_by", "reverted_by").filter(line=found.line).first()
    context: dict[str, Any] = {"found": found, "form": form, "homes": homes.order_by("pk"), "change": change}
    context["is_by_link"] = contesting.is_by_link(found)
    context["is_own_proposal"] = bool(change and change.revert_proposed_by_id == by.pk)
    return render(request, "accounts/agents/contestation.html", context)
