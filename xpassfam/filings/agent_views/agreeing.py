"""Ask the other parent online, once it is sure who that is."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xpassfam.accounts.decorators import agent
from xpassfam.accounts.models import Account
from xpassfam.filings import agreements
from xpassfam.filings.actions import agreeing
from xpassfam.filings.agent_views.common import back_to, sent, step
from xpassfam.filings.agents import both_parents
from xpassfam.filings.forms.deciding import VerifiedForm
from xpassfam.filings.forms.seen import SeenForm

NOBODY = gettext_lazy("Personne n’est à interroger : relisez où en est la demande.")


@agent
def ask(request: HttpRequest, public_id: str) -> HttpResponse:
    filing = sent(public_id)
    both = both_parents.said(filing, agreements.of(filing), on=timezone.localdate())
    if both is None or not both.may_ask:
        messages.info(request, NOBODY)
        return back_to(filing)

    def act(form: SeenForm, by: Account, at: datetime) -> HttpResponse:
        said = form.cleaned_data
        try:
            agreeing.ask(filing, verified=said.get("verified", ()), seen=said["seen"], by=by, at=at)
            messages.success(request, _("L’autre parent est interrogé, par e-mail et dans son compte."))
        except agreeing.NobodyToAsk:
            messages.info(request, NOBODY)
        return back_to(filing)

    return step(request, filing, VerifiedForm, "filings/agents/ask_other_parent.html", act)
