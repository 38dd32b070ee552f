"""The state of the service, for anybody, also while the database is away."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from xpassfam.help import standing
from xpassfam.help.models import Part
from xpassfam.organisation.models import known
from xpassfam.organisation.notices import notices


@login_not_required
@require_safe
def state(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    seen = standing.look(at=now)
    context = {
        "seen": seen,
        "parts": [(Part(part).label, works, works.value) for part, works in seen.parts.items()],
        "last_seen": standing.last(),
    }
    if seen.is_away:
        # Nothing of the page may ask the database again: neither whose portal it is, nor who looks.
        request.user = AnonymousUser()
        organisation = known()
        context |= {"organisation": organisation, "notices": notices(organisation, at=now)}
    return render(request, "help/public/state.html", context)
