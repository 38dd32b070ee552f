"""What every message's template is given, whatever its channel."""

import re
from datetime import datetime
from typing import Any

from django.conf import settings

from xpassfam.organisation.models import Organisation
from xpassfam.outbox.models import Message

INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def context_of(message: Message, organisation: Organisation) -> dict[str, Any]:
    return {
        **{name: _revived(value) for name, value in message.context.items()},
        "organisation": organisation,
        "base_url": settings.BASE_URL,
        "to": message.to,
    }


def _revived(value: Any) -> Any:
    """JSON has no instants: give them back to the template's filters. What only looks like one stays text."""
    if not (isinstance(value, str) and INSTANT.fullmatch(value)):
        return value
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return value
