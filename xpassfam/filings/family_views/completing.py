"""What an agent asked for is given: documents and answers on one page."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.accounts import devices
from xpassfam.documents.models import Document
from xpassfam.filings import giving
from xpassfam.filings.actions import following
from xpassfam.filings.completing import Wanted, wanted_of
from xpassfam.filings.doors import acting_on_sent, form_key
from xpassfam.filings.forms.pieces import PiecesForm
from xpassfam.filings.models import Filing
from xpassfam.filings.saving import to_keep
from xpassfam.filings.states import NotPossible
from xpassfam.filings.supporting import Entry
from xpassfam.people.access import FamilyRequest
from xpassfam.procedures.facts import facts_of
from xpassfam.procedures.forms import SectionForm
from xpassfam.rules.identifiers import new_public_id


@acting_on_sent
def complete(request: FamilyRequest, filing: Filing) -> HttpResponse:
    wanted, now = wanted_of(filing), timezone.now()
    if wanted is None:
        return redirect("filings:filing", filing.public_id)
    found = wanted.entries(request.access)
    uploads = giving.read_uploads(request, found, at=now)
    pieces = giving.pieces_form(request, found, uploads, asks_why=False)
    answers = _answers(request, wanted)
    if request.method != "POST":
        return _page(request, wanted, pieces, answers)
    is_whole = _take(request, wanted, pieces, uploads)
    if answers and not answers.is_valid():
        is_whole = False
    missing: list[str] = []
    if is_whole and not (answers and answers.is_half_way):
        try:
            return _done(request, wanted, answers)
        except following.NotEverything as refusal:
            missing = list(refusal.missing)
        except following.NotNow as refusal:
            missing = list(refusal.reasons)
    again = giving.pieces_form(request, wanted.entries(request.access), uploads, asks_why=False)
    return _page(request, wanted, again, answers, missing=missing)


def _answers(request: FamilyRequest, wanted: Wanted) -> SectionForm | None:
    if not wanted.fields:
        return None
    stale = getattr(request, "stale_post", None)
    data = request.POST if request.method == "POST" else stale
    return wanted.form(facts_of(request.access), data, is_half_way=stale is not None)


def _take(request: FamilyRequest, wanted: Wanted, form: PiecesForm, uploads: giving.UploadsByEntry) -> bool:
    now = timezone.now()

    def serve(entry: Entry, document: Document, _is_reused: bool) -> None:
        following.add_piece(wanted.filing, key=entry.key, document=document, access=request.access, at=now)

    private = wanted.filing.is_private
    return giving.take(request, form, uploads, key=form_key(request), serve=serve, is_private=private, at=now)


def _done(request: FamilyRequest, wanted: Wanted, answers: SectionForm | None) -> HttpResponse:
    filing = wanted.filing
    if wanted.completion is None:
        messages.success(request, _("Merci. Nous vérifions ce que vous avez ajouté."))
        return redirect("filings:filing", filing.public_id)
    try:
        following.complete(
            filing,
            answers=to_keep(answers) if answers else {},
            access=request.access,
            by=devices.actor(request),
            at=timezone.now(),
        )
        messages.success(request, _("Merci, c’est complet. C’est à nous maintenant."))
    except NotPossible:
        messages.warning(request, _("Cette demande n’attend plus de complément. Lisez où elle en est."))
    return redirect("filings:filing", filing.public_id)


def _page(
    request: FamilyRequest,
    wanted: Wanted,
    pieces: PiecesForm,
    answers: SectionForm | None,
    *,
    missing: list[str] | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "filing": wanted.filing,
        "completion": wanted.completion,
        "pieces": pieces,
        "form": answers if answers and answers.is_bound and answers.errors else pieces,
        "answers": answers,
        "missing": missing or [],
        "key": new_public_id(),
        "is_sent": True,
    }
    return render(request, "filings/family/complete.html", context)
