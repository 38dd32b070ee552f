"""How to ask online, for anybody: what is offered, which files we take, when we answer, what if nothing works.

Source: CRPA, art. L112-9, R112-9-2.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from xpassfam.documents.actions.giving import MOST_FILES
from xpassfam.organisation.models import current
from xpassfam.procedures.offering import offered
from xpassfam.vault.limits import MOST_MEGABYTES, MOST_PAGES
from xpassfam.vault.words import ACCEPTED


@login_not_required
@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    context = {
        "shelves": offered(profile=current().legal_profile, today=timezone.localdate()),
        "formats": [one[1:].upper() for one in ACCEPTED.split(",") if one.startswith(".")],
        "megabytes": MOST_MEGABYTES,
        "pages": MOST_PAGES,
        "files": MOST_FILES,
    }
    return render(request, "procedures/public/terms.html", context)
