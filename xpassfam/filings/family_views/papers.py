"""The papers of a filing, as families keep them. Each taking is in the history."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from xpassfam.accounts import devices
from xpassfam.accounts.decorators import family
from xpassfam.filings import history
from xpassfam.filings.actions.consulting import note_taken
from xpassfam.filings.family.doors import filing_of
from xpassfam.filings.paper import files
from xpassfam.people.access import FamilyRequest


@require_safe
@family
def acknowledgement(request: FamilyRequest, public_id: str) -> HttpResponse:
    filing = filing_of(request, public_id)
    paper = files.acknowledgement(filing)
    note_taken(filing, history.ACKNOWLEDGEMENT_TAKEN, by=devices.actor(request), at=timezone.now())
    return paper


@require_safe
@family
def decision(request: FamilyRequest, public_id: str) -> HttpResponse:
    filing = filing_of(request, public_id)
    paper = files.decision(filing)
    note_taken(filing, history.DECISION_TAKEN, by=devices.actor(request), at=timezone.now())
    return paper
