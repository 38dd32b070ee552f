"""What every template knows of the organisation, read only if it is asked for."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from xpassfam.organisation.models import current
from xpassfam.organisation.notices import notices


def organisation(request: HttpRequest) -> dict[str, Any]:
    """`organisation`, and `notices`: what the sign-in page tells everybody ("organisation/notices.html")."""
    return {
        "organisation": SimpleLazyObject(current),
        "notices": SimpleLazyObject(lambda: notices(current(), at=timezone.now())),
    }
