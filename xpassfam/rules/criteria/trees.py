"""Conditions put together, and what can be said of them without a situation."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any as Whatever

from xpassfam.rules.criteria.atoms import (
    EACH,
    ME,
    TODAY,
    Adults,
    Age,
    Answer,
    Atom,
    Bracket,
    Children,
    Day,
    Frozen,
    LegalProfile,
    Permission,
    Role,
    Today,
)


@dataclass(frozen=True)
class All:
    """Each of them holds; none is asked for: it holds."""

    parts: tuple["Criterion", ...]


@dataclass(frozen=True)
class Any:
    """One of them holds at least."""

    parts: tuple["Criterion", ...]


@dataclass(frozen=True)
class Not:
    part: "Criterion"


Criterion = All | Any | Not | Atom
ALWAYS = All(())


def atoms_of(criterion: Criterion) -> Iterator[Atom]:
    if isinstance(criterion, All | Any):
        for part in criterion.parts:
            yield from atoms_of(part)
    elif isinstance(criterion, Not):
        yield from atoms_of(criterion.part)
    else:
        yield criterion


def read_fields(criterion: Criterion) -> frozenset[str]:
    """The answers that it looks at: of a condition on another, what must be asked before."""
    return frozenset(name for atom in atoms_of(criterion) for name in _fields_of(atom))


def _fields_of(atom: Atom) -> Iterator[str]:
    if isinstance(atom, Answer):
        yield atom.field
    if isinstance(atom, Age | Role) and atom.of not in (ME, EACH):
        yield atom.of
    if isinstance(atom, Age | Children) and atom.on.answer:
        yield atom.on.answer


def dump(criterion: Criterion) -> dict[str, Whatever]:
    """The tree that `parse` reads back as the same condition."""
    match criterion:
        case All(parts):
            return {"all": [dump(part) for part in parts]}
        case Any(parts):
            return {"any": [dump(part) for part in parts]}
        case Not(part):
            return {"not": dump(part)}
        case Age() | Children():
            return {"age" if isinstance(criterion, Age) else "children": _bounds(criterion)}
        case Adults():
            return {"adults": _bounds(criterion)}
        case Role(one_of, of):
            return {"role": {"of": of, "one_of": list(one_of)}}
        case Bracket(one_of):
            return {"bracket": list(one_of)}
        case LegalProfile(one_of):
            return {"profile": list(one_of)}
        case Permission(act):
            return {"permission": act}
        case Frozen(is_frozen):
            return {"frozen": is_frozen}
        case Today(since, until):
            return {TODAY: {"from": str(since), "to": str(until)}}
        case Answer(field, operator, value):
            return {"answer": {"field": field, operator: list(value) if isinstance(value, tuple) else value}}


def _bounds(atom: Age | Children | Adults) -> dict[str, Whatever]:
    tree = {name: value for name, value in vars(atom).items() if value is not None and name != "on"}
    on = getattr(atom, "on", Day())
    if on.of_year:
        tree["on"] = str(on.of_year)
    if on.answer:
        tree["on"] = {"answer": on.answer}
    return tree
