"""The papers of a filing, as families keep them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from xpassfam.accounts.decorators import family
from xpassfam.filings.models import Filing
from xpassfam.filings.paper import files
from xpassfam.people.access import FamilyRequest


@require_safe
@family
def acknowledgement(request: FamilyRequest, public_id: str) -> HttpResponse:
    return files.acknowledgement(_filing(request, public_id))


@require_safe
@family
def decision(request: FamilyRequest, public_id: str) -> HttpResponse:
    return files.decision(_filing(request, public_id))


def _filing(request: FamilyRequest, public_id: str) -> Filing:
    return get_object_or_404(Filing.objects.visible_to(request.access), public_id=public_id)
