"""The language of definitions: what one holds (`model`), how its text is read and checked (`loading`)."""

from xpassfam.definitions.loading import Problem, Refused
from xpassfam.definitions.trees import build, dump
from xpassfam.procedures.language.loading import SCHEMA, load
from xpassfam.procedures.language.model import (
    ABOUT_A_DECISION,
    CONTEST,
    CONTESTED_ABOUT,
    CONTESTED_REFERENCE,
    Aid,
    Category,
    Choice,
    Decision,
    Definition,
    Effect,
    Field,
    LifeEvent,
    Period,
    Piece,
    Reason,
    Section,
    Type,
    Who,
)

__all__ = [
    "ABOUT_A_DECISION",
    "CONTEST",
    "CONTESTED_ABOUT",
    "CONTESTED_REFERENCE",
    "SCHEMA",
    "Aid",
    "Category",
    "Choice",
    "Decision",
    "Definition",
    "Effect",
    "Field",
    "LifeEvent",
    "Period",
    "Piece",
    "Problem",
    "Reason",
    "Refused",
    "Section",
    "Type",
    "Who",
    "build",
    "dump",
    "load",
]
