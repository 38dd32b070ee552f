"""What a rule and the words that rules share hold (`model`), how their texts are read (`loading`)."""

from xpassfam.definitions.loading import Problem, Refused
from xpassfam.entitlements.language.loading import load_right, load_vocabulary
from xpassfam.entitlements.language.model import (
    INCOME_MONTHS,
    Amount,
    Audience,
    Bracket,
    Case,
    Notion,
    Opening,
    Period,
    Right,
    Step,
    Unit,
    Vocabulary,
)

__all__ = [
    "INCOME_MONTHS",
    "Amount",
    "Audience",
    "Bracket",
    "Case",
    "Notion",
    "Opening",
    "Period",
    "Problem",
    "Refused",
    "Right",
    "Step",
    "Unit",
    "Vocabulary",
    "load_right",
    "load_vocabulary",
]
