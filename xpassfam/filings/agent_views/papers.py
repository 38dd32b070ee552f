"""The papers of a filing, as agents send them by post or show them at the counter."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from xpassfam.accounts.decorators import agent
from xpassfam.accounts.models import Account
from xpassfam.filings.actions import examining
from xpassfam.filings.models import Filing
from xpassfam.filings.paper import files


@require_safe
@agent
def acknowledgement(request: HttpRequest, public_id: str) -> HttpResponse:
    return files.acknowledgement(_read(request, public_id))


@require_safe
@agent
def decision(request: HttpRequest, public_id: str) -> HttpResponse:
    return files.decision(_read(request, public_id))


def _read(request: HttpRequest, public_id: str) -> Filing:
    filing = get_object_or_404(Filing.objects.exclude(reference=None), public_id=public_id)
    examining.note_taken(filing, by=cast(Account, request.user), at=timezone.now())
    return filing
