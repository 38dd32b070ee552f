"""Conditions put together, and what can be said of them without a situation."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any as Whatever

from xpassfam.rules.criteria.atoms import (
    ADULTS,
    EACH,
    ME,
    TODAY,
    Activity,
    Adults,
    Age,
    Answer,
    Atom,
    Bracket,
    Children,
    Day,
    Earlier,
    Frozen,
    LegalProfile,
    Membership,
    Paper,
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


@dataclass(frozen=True)
class Named:
    """A condition that the organisation gave a name: « enfant à charge »."""

    name: str
    part: "Criterion"


@dataclass(frozen=True)
class Count:
    """How many of the home `that` holds for, each in turn; somebody for whom it is unknown may count, or not."""

    that: "Criterion"
    at_least: int | None = None
    at_most: int | None = None


Criterion = All | Any | Not | Named | Count | Atom
ALWAYS = All(())


def atoms_of(criterion: Criterion) -> Iterator[Atom]:
    if isinstance(criterion, All | Any):
        for part in criterion.parts:
            yield from atoms_of(part)
    elif isinstance(criterion, Not | Named):
        yield from atoms_of(criterion.part)
    elif isinstance(criterion, Count):
        yield from atoms_of(criterion.that)
    else:
        yield criterion


def read_fields(criterion: Criterion) -> frozenset[str]:
    """The answers that it looks at: of a condition on another, what must be asked before."""
    return frozenset(name for atom in atoms_of(criterion) for name in _fields_of(atom))


def _fields_of(atom: Atom) -> Iterator[str]:
    if isinstance(atom, Answer):
        yield atom.field
    if isinstance(atom, Age | Role) and atom.of not in (ME, EACH, ADULTS):
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
        case Named(name):
            return {"notion": name}
        case Count(that):
            return {"count": {"that": dump(that), **_bounds(criterion)}}
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
        case Paper(kind, of, is_no_without):
            missing = {"missing": "no"} if is_no_without else {}
            return {"document": {"kind": kind, "of": of, **missing}}
        case Activity(one_of, of):
            return {"activity": {"of": of, "one_of": list(one_of)}}
        case Earlier(right, at_most, within):
            return {"earlier": {"right": right, "at_most": at_most, "within": within}}
        case Membership(is_active):
            return {"member": is_active}
        case Today(since, until):
            return {TODAY: {"from": str(since), "to": str(until)}}
        case Answer(field, operator, value):
            return {"answer": {"field": field, operator: list(value) if isinstance(value, tuple) else value}}


def _bounds(atom: Age | Children | Adults | Count) -> dict[str, Whatever]:
    tree = {name: value for name, value in vars(atom).items() if value is not None and name not in ("on", "that")}
    on = getattr(atom, "on", Day())
    if on.of_year:
        tree["on"] = str(on.of_year)
    if on.answer:
        tree["on"] = {"answer": on.answer}
    return tree
