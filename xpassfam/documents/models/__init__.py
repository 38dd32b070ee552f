"""What families gave, and what waits to become part of it."""

from xpassfam.documents.models.document import (
    BY_SYSTEM,
    NO_GOOD,
    Attached,
    Document,
    Verdict,
    asked_again_since,
    has_unread,
)
from xpassfam.documents.models.opening import Opening
from xpassfam.documents.models.upload import PendingUpload
from xpassfam.documents.models.withdrawal import Withdrawal

__all__ = [
    "BY_SYSTEM",
    "NO_GOOD",
    "Attached",
    "Document",
    "Opening",
    "PendingUpload",
    "Verdict",
    "Withdrawal",
    "asked_again_since",
    "has_unread",
]
