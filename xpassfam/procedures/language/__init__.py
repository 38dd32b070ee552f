"""The language of definitions: what one holds (`model`), how its text is read and checked (`loading`)."""

from xpassfam.procedures.language.loading import SCHEMA, Problem, Refused, load
from xpassfam.procedures.language.model import (
    Category,
    Choice,
    Decision,
    Definition,
    Effect,
    Field,
    LifeEvent,
    Piece,
    Reason,
    Section,
    Type,
    Who,
)
from xpassfam.procedures.language.trees import build, dump

__all__ = [
    "SCHEMA",
    "Category",
    "Choice",
    "Decision",
    "Definition",
    "Effect",
    "Field",
    "LifeEvent",
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
