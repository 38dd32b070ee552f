"""What families gave, and what waits to become part of it."""

from xpassfam.documents.models.document import Attached, Document, Verdict
from xpassfam.documents.models.opening import Opening
from xpassfam.documents.models.upload import PendingUpload

__all__ = ["Attached", "Document", "Opening", "PendingUpload", "Verdict"]
