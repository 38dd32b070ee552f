"""What is kept of imports: their course, what they refused, and what the organisation's headers mean."""

from xpassfam.register.models.column import ColumnMeaning
from xpassfam.register.models.imports import Import, LikelyDuplicate, Refusal

__all__ = ["ColumnMeaning", "Import", "LikelyDuplicate", "Refusal"]
