"""The language in which an organisation writes its own conditions: who may ask, which question, which document.

A condition is a tree of which each node has one key: `all`, `any` and `not` combine, the others look at one thing
(`atoms`). It is read from a definition (`parse`) and written back (`dump`), holds or not in a situation
(`evaluate`: yes, no, or unknown where a fact is missing), and says what decided (`deciding`). No wording here.
"""

from xpassfam.rules.criteria.atoms import (
    Activity,
    Adults,
    Age,
    Answer,
    Atom,
    Bracket,
    Children,
    Day,
    DayOfYear,
    Earlier,
    Frozen,
    LegalProfile,
    Membership,
    Paper,
    Permission,
    Role,
    Today,
)
from xpassfam.rules.criteria.evaluating import Reason, Trace, deciding, evaluate, truth_of
from xpassfam.rules.criteria.explaining import Leaf, leaves
from xpassfam.rules.criteria.looking import year_around
from xpassfam.rules.criteria.paging import residual
from xpassfam.rules.criteria.reading import OF_FORMS, OF_RIGHTS, Words, parse
from xpassfam.rules.criteria.shapes import Problem, Refused
from xpassfam.rules.criteria.situations import PastUse, Situation, Someone
from xpassfam.rules.criteria.trees import ALWAYS, All, Any, Count, Criterion, Named, Not, atoms_of, dump, read_fields
from xpassfam.rules.criteria.truths import Truth

__all__ = [
    "ALWAYS",
    "OF_FORMS",
    "OF_RIGHTS",
    "Activity",
    "Adults",
    "Age",
    "All",
    "Answer",
    "Any",
    "Atom",
    "Bracket",
    "Children",
    "Count",
    "Criterion",
    "Day",
    "DayOfYear",
    "Earlier",
    "Frozen",
    "Leaf",
    "LegalProfile",
    "Membership",
    "Named",
    "Not",
    "Paper",
    "PastUse",
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
    "Words",
    "atoms_of",
    "deciding",
    "dump",
    "evaluate",
    "leaves",
    "parse",
    "read_fields",
    "residual",
    "truth_of",
    "year_around",
]
