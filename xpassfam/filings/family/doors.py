"""Which filing a page of a family is about, and whether the family may act on it there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from xpassfam.accounts import confirmation
from xpassfam.accounts.decorators import family
from xpassfam.filings import asking
from xpassfam.filings.actions.drafting import NotADraft
from xpassfam.filings.holding import NotAllowed, may_act
from xpassfam.filings.models import Filing
from xpassfam.filings.models.filing import filer_acts
from xpassfam.people.access import FamilyRequest
from xpassfam.rules.identifiers import is_public_id, new_public_id

View = Callable[..., HttpResponseBase]
NOT_CONTESTABLE = gettext_lazy(
    "Cette décision ne peut plus être contestée ici. Écrivez-nous, nous vous dirons quoi faire."
)
NOT_CORRECTABLE = gettext_lazy(
    "Cette demande a été corrigée, ou examinée à nouveau, entre-temps. Rien n’est envoyé : lisez où elle en est."
)


def filing_of(request: FamilyRequest, public_id: str) -> Filing:
    """The filing with what its pages read. Not visible is 404."""
    rows = Filing.objects.visible_to(request.access).annotate(filer_acts=filer_acts(request.access.on))
    rows = rows.select_related(
        "procedure_version__procedure__current",
        "household",
        "filed_by",
        "about",
        "assigned_to",
        "contests__filing",
        "corrects",
    )
    return get_object_or_404(rows, public_id=public_id)


def on_draft(view: View) -> View:
    """For pages that fill in a draft. One that was sent, from another page or device, leads to where it is followed."""
    return on_draft_or(_sent_already)(view)


def on_draft_or(late: View) -> Callable[[View], View]:
    """The same, where `late` answers a page that is sent on for a draft which is one no more."""

    def decorated(view: View) -> View:
        @wraps(view)
        def inner(request: FamilyRequest, public_id: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            draft = filing_of(request, public_id)
            answer = late if request.method == "POST" else _sent_already
            if not draft.is_draft:
                return answer(request, draft, *args, **kwargs)
            if not request.access.may("requests"):
                return refused(request)
            try:
                return view(request, draft, *args, **kwargs)
            except NotADraft:
                return answer(request, filing_of(request, public_id), *args, **kwargs)
            except NotAllowed:
                return refused(request)

        return family(inner)

    return decorated


def _sent_already(request: FamilyRequest, filing: Filing, **_place: str) -> HttpResponse:
    """A page that saves by itself says so, and keeps what is typed in it."""
    if request.accepts("text/html"):
        return redirect("filings:filing", filing.public_id)
    return JsonResponse({"aside": gettext("Cette demande a été envoyée depuis une autre page : rien n’y est ajouté.")})


def on_sent(view: View) -> View:
    """For pages about what was sent. A draft leads to where it is filled in."""

    @wraps(view)
    def inner(request: FamilyRequest, public_id: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        filing = filing_of(request, public_id)
        return redirect("filings:resume", public_id) if filing.is_draft else view(request, filing, *args, **kwargs)

    return family(inner)


def acting_on_sent(view: View) -> View:
    """For what a family does about what it sent: whoever may only read is told so."""

    @wraps(view)
    def inner(request: FamilyRequest, filing: Filing, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_act(filing, request.access):
            return refused(request)
        try:
            return view(request, filing, *args, **kwargs)
        except NotAllowed:
            return refused(request)

    return on_sent(inner)


def must_prove(request: FamilyRequest, filing: Filing) -> bool:
    """Whether it asks to be paid elsewhere, from a session whose owner has proved nothing for some minutes."""
    if confirmation.is_confirmed(request.session, at=timezone.now()):
        return False
    return any(name == "change_bank_details" for name, _answers in asking.effects_of(filing))


def refused(request: FamilyRequest) -> HttpResponse:
    """Why this access does not let one file, and who may."""
    return render(request, "filings/family/not_allowed.html", status=403)


def form_key(request: FamilyRequest) -> str:
    """The one-time key of a form: the same sent twice does one thing."""
    key = request.POST.get("key", "")
    return key if is_public_id(key) else new_public_id()
