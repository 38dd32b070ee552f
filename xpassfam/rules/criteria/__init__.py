"""The language in which an organisation writes its own conditions: who may ask, which question, which document.

A condition is a tree of which each node has one key: `all`, `any` and `not` combine, the others look at one thing
(`atoms`). It is read from a definition (`parse`) and written back (`dump`), holds or not in a situation
(`evaluate`: yes, no, or unknown where a fact is missing), and says what decided (`deciding`). No wording here.
"""

from xpassfam.rules.criteria.atoms import (
    Adults,
    Age,
    Answer,
    Atom,
    Bracket,
    Children,
    Day,
    DayOfYear,
    Frozen,
    LegalProfile,
    Permission,
    Role,
    Today,
)
from xpassfam.rules.criteria.evaluating import Reason, Trace, Truth, deciding, evaluate
from xpassfam.rules.criteria.paging import residual
from xpassfam.rules.criteria.reading import Problem, Refused, parse
from xpassfam.rules.criteria.situations import Situation, Someone
from xpassfam.rules.criteria.trees import ALWAYS, All, Any, Criterion, Not, atoms_of, dump, read_fields

__all__ = [
    "ALWAYS",
    "Adults",
    "Age",
    "All",
    "Answer",
    "Any",
    "Atom",
    "Bracket",
    "Children",
    "Criterion",
    "Day",
    "DayOfYear",
    "Frozen",
    "LegalProfile",
    "Not",
    "Permission",
    "Problem",
    "Reason",
    "Refused",
    "Role",
    "Situation",
    "Someone",
    "Today",
    "Trace",
    "Truth",
    "atoms_of",
    "deciding",
    "dump",
    "evaluate",
    "parse",
    "read_fields",
    "residual",
]
