"""The other parent of a child reads what is asked of them, and answers."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.accounts import confirmation, devices, returning
from xpassfam.accounts.decorators import family
from xpassfam.filings import agreements
from xpassfam.filings.actions import agreeing
from xpassfam.filings.actions.agreeing import Decided, Said
from xpassfam.filings.family import asked_of_you
from xpassfam.filings.forms.following import AgreementForm
from xpassfam.filings.holding import NotAllowed, Overtaken
from xpassfam.filings.models import Agreement
from xpassfam.people.access import FamilyRequest
from xpassfam.ui.forms import blank


@family
def agreement(request: FamilyRequest, public_id: str) -> HttpResponse:
    rows = Agreement.objects.visible_to(request.access)
    found = get_object_or_404(
        rows.select_related("filing__procedure_version", "filing__filed_by", "filing__about"), public_id=public_id
    )
    if request.method != "POST" or not found.filing.is_pending:
        return _page(request, found, blank(AgreementForm, request, initial=_initial(found)))
    form = AgreementForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    if not confirmation.is_confirmed(request.session, at=timezone.now()):
        return returning.ask_again_who(request)
    try:
        said, by = Said(**form.cleaned_data), devices.actor(request)
        agreeing.answer(found, said, access=request.access, by=by, at=timezone.now())
        messages.success(request, _("Merci, votre réponse est gardée. Un agent la lira."))
    except Overtaken:
        messages.warning(request, _("Ce qui vous est demandé a changé. Relisez, puis répondez."), extra_tags="focus")
    except (Decided, NotAllowed):
        messages.warning(request, _("Nous avons répondu entre-temps : votre réponse ne change plus rien."))
    return redirect("filings:agreement", public_id)


def _initial(asked: Agreement) -> dict[str, Any]:
    is_other = asked.answer == Agreement.Answer.PROPOSED
    return {
        "answer": asked.answer,
        "sharing": asked.sharing if is_other else "",
        "words": asked.words,
        "version": asked.version,
        "proposed": agreements.mirrored(agreements.sharing_of(asked.filing)),
    }


def _page(request: FamilyRequest, asked: Agreement, form: AgreementForm) -> HttpResponse:
    context = asked_of_you.page_of(asked, access=request.access)
    return render(request, "filings/family/agreement.html", {**context, "form": form})
