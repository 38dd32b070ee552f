"""A condition read from the tree in which an organisation wrote it: every mistake has its place and its code."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any as Whatever

from xpassfam.rules.criteria.atoms import (
    ACTS,
    BRACKETS,
    EACH,
    ME,
    OPERATORS,
    PROFILES,
    ROLES,
    TODAY,
    Adults,
    Age,
    Answer,
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
from xpassfam.rules.criteria.trees import All, Any, Criterion, Not

MOST_DEPTH = 8
MOST_PARTS = 50
MOST_YEARS = 150
MOST = 10**12
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_DAY = re.compile(r"(\d\d)-(\d\d)")
_LEAP_YEAR = 2000

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """`code` says what is wrong at `path`; `given` what was read there, shortened."""

    path: Path
    code: str
    given: str = ""


class Refused(ValueError):
    """All that is wrong with a condition."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(problems)
        self.problems = problems


def parse(tree: Whatever, *, path: Path = ()) -> Criterion:
    """The condition; Refused with everything that is wrong with the tree."""
    return _parse(tree, path, 0)


def _refuse(path: Path, code: str, given: Whatever = "") -> Refused:
    return Refused(Problem(path, code, str(given)[:60]))


def _parse(tree: Whatever, path: Path, depth: int) -> Criterion:
    if depth > MOST_DEPTH:
        raise _refuse(path, "too_deep")
    if not isinstance(tree, dict) or len(tree) != 1:
        raise _refuse(path, "one_key")
    [(name, value)] = tree.items()
    if name in ("all", "any"):
        parts = _parts(value, (*path, name), depth)
        return All(parts) if name == "all" else Any(parts)
    if name == "not":
        return Not(_parse(value, (*path, name), depth + 1))
    if name not in ATOMS:
        raise _refuse(path, "unknown_condition", name)
    return ATOMS[name](value, (*path, name))


def _parts(value: Whatever, path: Path, depth: int) -> tuple[Criterion, ...]:
    if not isinstance(value, list):
        raise _refuse(path, "list")
    if len(value) > MOST_PARTS:
        raise _refuse(path, "too_many")
    parts: list[Criterion] = []
    problems: list[Problem] = []
    for number, part in enumerate(value):
        try:
            parts.append(_parse(part, (*path, number), depth + 1))
        except Refused as refusal:
            problems += refusal.problems
    if problems:
        raise Refused(*problems)
    return tuple(parts)


def _map(value: Whatever, path: Path, *known: str) -> dict[str, Whatever]:
    if not isinstance(value, dict):
        raise _refuse(path, "map")
    for name in value:
        if name not in known:
            raise _refuse(path, "unknown_key", name)
    return value


def _bounds(tree: dict[str, Whatever], path: Path, *names: str, most: int = MOST_YEARS) -> dict[str, int | None]:
    bounds = {name: _bound(tree[name], (*path, name), most) for name in names if tree.get(name) is not None}
    for low, high in zip(names[::2], names[1::2], strict=True):
        if low in bounds and high in bounds and bounds[low] > bounds[high]:
            raise _refuse((*path, low), "bounds_crossed", bounds[low])
    return {name: bounds.get(name) for name in names}


def _bound(value: Whatever, path: Path, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise _refuse(path, "number", value)
    return value


def _need_bound(bounds: dict[str, int | None], path: Path, *names: str) -> None:
    if all(bounds[name] is None for name in names):
        raise _refuse(path, "no_bound")


def _on(tree: dict[str, Whatever], path: Path) -> Day:
    on = tree.get("on", TODAY)
    if on == TODAY:
        return Day()
    if isinstance(on, dict):
        return Day(answer=_key(_map(on, (*path, "on"), "answer").get("answer"), (*path, "on", "answer")))
    return Day(of_year=_day_of_year(on, (*path, "on")))


def _day_of_year(value: Whatever, path: Path) -> DayOfYear:
    found = _DAY.fullmatch(value) if isinstance(value, str) else None
    try:
        day = date(_LEAP_YEAR, int(found[1]), int(found[2])) if found else None
    except ValueError:
        day = None
    if day is None:
        raise _refuse(path, "day_of_year", value)
    return DayOfYear(day.month, day.day)


def _key(value: Whatever, path: Path) -> str:
    if not isinstance(value, str) or not KEY.fullmatch(value):
        raise _refuse(path, "key", value)
    return value


def _of(tree: dict[str, Whatever], path: Path, usual: str) -> str:
    of = tree.get("of", usual)
    if isinstance(of, dict):
        return _key(_map(of, (*path, "of"), "answer").get("answer"), (*path, "of", "answer"))
    if of not in (ME, EACH):
        return _key(of, (*path, "of"))
    return str(of)


def _one_of(value: Whatever, path: Path, known: tuple[str, ...]) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    for one in values:
        if not isinstance(one, str) or one not in known:
            raise _refuse(path, "unknown_value", one)
    if not values:
        raise _refuse(path, "empty")
    return tuple(dict.fromkeys(values))


def _age(value: Whatever, path: Path) -> Age:
    tree = _map(value, path, "of", "at_least", "at_most", "on")
    bounds = _bounds(tree, path, "at_least", "at_most")
    _need_bound(bounds, path, "at_least", "at_most")
    return Age(of=_of(tree, path, EACH), on=_on(tree, path), **bounds)


def _role(value: Whatever, path: Path) -> Role:
    tree = _map(value, path, "of", "one_of") if isinstance(value, dict) else {"one_of": value}
    return Role(one_of=_one_of(tree.get("one_of"), path, (*ROLES, "")), of=_of(tree, path, ME))


def _children(value: Whatever, path: Path) -> Children:
    names = ("at_least", "at_most", "age_at_least", "age_at_most")
    tree = _map(value, path, *names, "on")
    bounds = _bounds(tree, path, *names)
    _need_bound(bounds, path, "at_least", "at_most")
    return Children(on=_on(tree, path), **bounds)


def _adults(value: Whatever, path: Path) -> Adults:
    bounds = _bounds(_map(value, path, "at_least", "at_most"), path, "at_least", "at_most")
    _need_bound(bounds, path, "at_least", "at_most")
    return Adults(**bounds)


def _today(value: Whatever, path: Path) -> Today:
    tree = _map(value, path, "from", "to")
    return Today(
        _day_of_year(tree.get("from"), (*path, "from")),
        _day_of_year(tree.get("to"), (*path, "to")),
    )


def _permission(value: Whatever, path: Path) -> Permission:
    if not isinstance(value, str) or value not in ACTS:
        raise _refuse(path, "unknown_value", value)
    return Permission(value)


def _frozen(value: Whatever, path: Path) -> Frozen:
    if not isinstance(value, bool):
        raise _refuse(path, "yes_no", value)
    return Frozen(value)


def _answer(value: Whatever, path: Path) -> Answer:
    tree = _map(value, path, "field", *OPERATORS)
    field = _key(tree.get("field"), (*path, "field"))
    operators = [name for name in tree if name != "field"]
    if len(operators) != 1:
        raise _refuse(path, "one_operator")
    [operator] = operators
    return Answer(field, operator, OPERANDS[operator](tree[operator], (*path, operator)))


def _scalar(value: Whatever, path: Path) -> str | int | bool:
    if not isinstance(value, str | int | bool) or value == "" or (isinstance(value, int) and abs(value) > MOST):
        raise _refuse(path, "scalar", value)
    return value


def _texts(value: Whatever, path: Path) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not all(isinstance(one, str) and one for one in value):
        raise _refuse(path, "list_of_texts")
    return tuple(dict.fromkeys(value))


def _yes_no(value: Whatever, path: Path) -> bool:
    return _frozen(value, path).is_frozen


def _number(value: Whatever, path: Path) -> int:
    return _bound(value, path, MOST)


def _date(value: Whatever, path: Path) -> str:
    try:
        is_date = value == TODAY or date.fromisoformat(value).isoformat() == value
    except (TypeError, ValueError):
        is_date = False
    if not is_date:
        raise _refuse(path, "date", value)
    return str(value)


OPERANDS: dict[str, Callable[[Whatever, Path], str | int | bool | tuple[str, ...]]] = {
    "is": _scalar,
    "one_of": _texts,
    "filled": _yes_no,
    "at_least": _number,
    "at_most": _number,
    "before": _date,
    "after": _date,
}
ATOMS: dict[str, Callable[[Whatever, Path], Criterion]] = {
    "age": _age,
    "role": _role,
    "children": _children,
    "adults": _adults,
    "bracket": lambda value, path: Bracket(_one_of(value, path, BRACKETS)),
    "today": _today,
    "profile": lambda value, path: LegalProfile(_one_of(value, path, PROFILES)),
    "permission": _permission,
    "frozen": _frozen,
    "answer": _answer,
}
