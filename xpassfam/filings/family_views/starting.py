"""A draft begins: of a procedure, of a filing to correct, of a decision to contest."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xpassfam.accounts.decorators import family
from xpassfam.filings.actions import drafting
from xpassfam.filings.correcting import NotCorrectable
from xpassfam.filings.family.doors import (
    NOT_CONTESTABLE,
    NOT_CORRECTABLE,
    acting_on_sent,
    form_key,
    on_draft,
    refused,
)
from xpassfam.filings.family.path import facts_for, first_to_fill
from xpassfam.filings.family.starting import (
    AGAIN,
    CORRECT,
    contest_procedure,
    may_contest,
    procedure_named,
    way_to_correct,
    why_not_to_start,
)
from xpassfam.filings.holding import NotAllowed
from xpassfam.filings.models import Decision, Filing
from xpassfam.filings.states import Status
from xpassfam.people.access import FamilyRequest
from xpassfam.procedures.models import Procedure
from xpassfam.rules.identifiers import new_public_id


@require_POST
@family
def start(request: FamilyRequest) -> HttpResponse:
    """A draft of the same procedure that waits already is offered first, and so is what was sent and waits for the
    family; a blank draft is taken up.
    """
    procedure = procedure_named(request.POST.get("procedure", ""))
    if procedure is None:
        raise Http404
    if not request.access.may("requests"):
        return refused(request)
    if why_not_to_start(procedure, request.access):
        return redirect("procedures:procedure", procedure.slug)
    waiting = _draft_of(request, procedure)
    if waiting and not waiting.revisions:
        return redirect("filings:resume", waiting.public_id)
    if "key" not in request.POST and (begun := waiting or _to_complete(request, procedure)):
        context = {"begun": begun, "procedure": procedure, "key": new_public_id()}
        return render(request, "filings/family/offer.html", context)
    return _begin(request, procedure)


@require_POST
@acting_on_sent
def correct(request: FamilyRequest, filing: Filing) -> HttpResponse:
    """Answers and good pieces are kept. One that is being corrected already is taken up."""
    if way_to_correct(filing, request.access) not in (AGAIN, CORRECT):
        return redirect("filings:filing", filing.public_id)
    begun = Filing.objects.visible_to(request.access).drafts().filter(corrects=filing).first()
    if begun:
        return redirect("filings:resume", begun.public_id)
    return _begin(request, filing.procedure_version.procedure, corrects=filing)


@require_POST
@acting_on_sent
def contest(request: FamilyRequest, filing: Filing) -> HttpResponse:
    decision = filing.decisions.filter(superseded_at=None).first()
    procedure = contest_procedure()
    if decision is None or procedure is None:
        raise Http404
    decision.filing = filing
    if not may_contest(decision, on=request.access.on):
        messages.error(request, _("Le délai pour contester est passé. Écrivez-nous : nous vous dirons quoi faire."))
        return redirect("filings:filing", filing.public_id)
    ongoing = decision.contests.exclude(ended_at__isnull=False).filter(household=request.access.household_id)
    mine = ongoing.filter(filed_by=request.access.person_id).first()
    if mine:
        return redirect("filings:resume", mine.public_id)
    return _begin(request, procedure, contests=decision)


@on_draft
def resume(request: FamilyRequest, draft: Filing) -> HttpResponse:
    """The page on which to go on, on whichever device."""
    return redirect(first_to_fill(draft, facts_for(draft, request.access)))


@on_draft
def discard(request: FamilyRequest, draft: Filing) -> HttpResponse:
    """First a page that names what goes."""
    if request.method != "POST":
        return render(request, "filings/family/discard.html", {"draft": draft})
    drafting.discard(draft, access=request.access)
    messages.success(request, _("Le brouillon est supprimé. Rien n’a été envoyé."))
    return redirect("filings:filings")


def _begin(
    request: FamilyRequest, procedure: Procedure, *, corrects: Filing | None = None, contests: Decision | None = None
) -> HttpResponse:
    if procedure.current is None:
        raise Http404
    try:
        draft = drafting.start(
            procedure.current,
            access=request.access,
            start_key=form_key(request),
            at=timezone.now(),
            corrects=corrects,
            contests=contests,
        )
    except drafting.TooMany:
        messages.warning(request, _("Trop de brouillons vous attendent. Envoyez-en ou supprimez-en un."))
        return redirect("filings:filings")
    except drafting.NotContestable:
        messages.warning(request, NOT_CONTESTABLE)
        return redirect("filings:filings")
    except NotCorrectable:
        messages.warning(request, NOT_CORRECTABLE)
        return redirect("filings:filings")
    except NotAllowed:
        return refused(request)
    return redirect("filings:resume", draft.public_id)


def _draft_of(request: FamilyRequest, procedure: Procedure) -> Filing | None:
    rows = Filing.objects.visible_to(request.access).drafts().filter(procedure_version__procedure=procedure)
    return rows.filter(corrects=None, contests=None).order_by("-saved_at").first()


def _to_complete(request: FamilyRequest, procedure: Procedure) -> Filing | None:
    rows = Filing.objects.visible_to(request.access).filter(status=Status.AWAITING_APPLICANT)
    return rows.filter(procedure_version__procedure=procedure, filed_by=request.access.person_id).first()
