"""What every template knows of the organisation, read only if it is asked for."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from xpassfam.organisation.models import current


def organisation(request: HttpRequest) -> dict[str, Any]:
    return {"organisation": SimpleLazyObject(current)}
