"""A condition read from the tree in which an organisation wrote it: every mistake has its place and its code."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any as Whatever

from xpassfam.rules.criteria.atoms import (
    ACTIVITIES,
    ACTS,
    BRACKETS,
    EACH,
    ME,
    OPERATORS,
    PROFILES,
    ROLES,
    TODAY,
    WITHIN,
    Activity,
    Adults,
    Age,
    Answer,
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
from xpassfam.rules.criteria.shapes import (
    MOST,
    MOST_YEARS,
    Path,
    Problem,
    Refused,
    need_bound,
    read_bound,
    read_bounds,
    read_day_of_year,
    read_key,
    read_map,
    read_one_of,
    refuse,
)
from xpassfam.rules.criteria.trees import All, Any, Count, Criterion, Named, Not

TOGETHER = ("all", "any", "not")
MOST_DEPTH = 8
MOST_PARTS = 50
RIGHT = re.compile(r"[A-Z][A-Z0-9]{1,9}")


@dataclass(frozen=True)
class Words:
    """What conditions may look at (`names`), and the conditions that they may call by a name (`notions`)."""

    names: frozenset[str]
    notions: Mapping[str, Criterion] = field(default_factory=dict)

    def calling(self, **notions: Criterion) -> "Words":
        """The same, and these notions besides."""
        return Words(self.names, {**self.notions, **notions})


def parse(tree: Whatever, *, path: Path = (), words: "Words | None" = None) -> Criterion:
    """The condition; Refused with everything that is wrong with the tree. `words`: those of forms, where none are
    given."""
    return _parse(tree, path, 0, words or OF_FORMS)


def _parse(tree: Whatever, path: Path, depth: int, words: Words) -> Criterion:
    if depth > MOST_DEPTH:
        raise refuse(path, "too_deep")
    if not isinstance(tree, dict) or len(tree) != 1:
        raise refuse(path, "one_key")
    [(name, value)] = tree.items()
    if name not in words.names and name not in TOGETHER:
        raise refuse(path, "unknown_condition", name)
    if name in ("all", "any"):
        parts = _parts(value, (*path, name), depth, words)
        return All(parts) if name == "all" else Any(parts)
    if name == "not":
        return Not(_parse(value, (*path, name), depth + 1, words))
    if name == "count":
        return _count(value, (*path, name), depth, words)
    if name == "notion":
        if not isinstance(value, str) or value not in words.notions:
            raise refuse((*path, name), "unknown_notion", value)
        return Named(value, words.notions[value])
    return ATOMS[name](value, (*path, name))


def _count(value: Whatever, path: Path, depth: int, words: Words) -> Count:
    tree = read_map(value, path, "that", "at_least", "at_most")
    bounds = read_bounds(tree, path, "at_least", "at_most")
    need_bound(bounds, path, "at_least", "at_most")
    return Count(_parse(tree.get("that"), (*path, "that"), depth + 1, words), **bounds)


def _parts(value: Whatever, path: Path, depth: int, words: Words) -> tuple[Criterion, ...]:
    if not isinstance(value, list):
        raise refuse(path, "list")
    if len(value) > MOST_PARTS:
        raise refuse(path, "too_many")
    parts: list[Criterion] = []
    problems: list[Problem] = []
    for number, part in enumerate(value):
        try:
            parts.append(_parse(part, (*path, number), depth + 1, words))
        except Refused as refusal:
            problems += refusal.problems
    if problems:
        raise Refused(*problems)
    return tuple(parts)


def _on(tree: dict[str, Whatever], path: Path) -> Day:
    on = tree.get("on", TODAY)
    if on == TODAY:
        return Day()
    if isinstance(on, dict):
        return Day(answer=read_key(read_map(on, (*path, "on"), "answer").get("answer"), (*path, "on", "answer")))
    return Day(of_year=read_day_of_year(on, (*path, "on")))


def _of(tree: dict[str, Whatever], path: Path, usual: str) -> str:
    of = tree.get("of", usual)
    if isinstance(of, dict):
        return read_key(read_map(of, (*path, "of"), "answer").get("answer"), (*path, "of", "answer"))
    if of not in (ME, EACH):
        return read_key(of, (*path, "of"))
    return str(of)


def _age(value: Whatever, path: Path) -> Age:
    tree = read_map(value, path, "of", "at_least", "at_most", "on")
    bounds = read_bounds(tree, path, "at_least", "at_most")
    need_bound(bounds, path, "at_least", "at_most")
    return Age(of=_of(tree, path, EACH), on=_on(tree, path), **bounds)


def _role(value: Whatever, path: Path) -> Role:
    tree = read_map(value, path, "of", "one_of") if isinstance(value, dict) else {"one_of": value}
    return Role(one_of=read_one_of(tree.get("one_of"), path, (*ROLES, "")), of=_of(tree, path, ME))


def _children(value: Whatever, path: Path) -> Children:
    names = ("at_least", "at_most", "age_at_least", "age_at_most")
    tree = read_map(value, path, *names, "on")
    bounds = read_bounds(tree, path, *names)
    need_bound(bounds, path, "at_least", "at_most")
    return Children(on=_on(tree, path), **bounds)


def _adults(value: Whatever, path: Path) -> Adults:
    bounds = read_bounds(read_map(value, path, "at_least", "at_most"), path, "at_least", "at_most")
    need_bound(bounds, path, "at_least", "at_most")
    return Adults(**bounds)


def _today(value: Whatever, path: Path) -> Today:
    tree = read_map(value, path, "from", "to")
    return Today(
        read_day_of_year(tree.get("from"), (*path, "from")),
        read_day_of_year(tree.get("to"), (*path, "to")),
    )


def _permission(value: Whatever, path: Path) -> Permission:
    if not isinstance(value, str) or value not in ACTS:
        raise refuse(path, "unknown_value", value)
    return Permission(value)


def _frozen(value: Whatever, path: Path) -> Frozen:
    if not isinstance(value, bool):
        raise refuse(path, "yes_no", value)
    return Frozen(value)


def _paper(value: Whatever, path: Path) -> Paper:
    tree = read_map(value, path, "kind", "of", "missing") if isinstance(value, dict) else {"kind": value}
    [missing] = read_one_of(tree.get("missing", "unknown"), (*path, "missing"), ("unknown", "no"))
    return Paper(read_key(tree.get("kind"), (*path, "kind")), of=_of(tree, path, EACH), is_no_without=missing == "no")


def _activity(value: Whatever, path: Path) -> Activity:
    tree = read_map(value, path, "of", "one_of") if isinstance(value, dict) else {"one_of": value}
    return Activity(read_one_of(tree.get("one_of"), path, ACTIVITIES), of=_of(tree, path, EACH))


def _earlier(value: Whatever, path: Path) -> Earlier:
    tree = read_map(value, path, "right", "at_most", "within")
    right = tree.get("right")
    if not isinstance(right, str) or not RIGHT.fullmatch(right):
        raise refuse((*path, "right"), "right", right)
    [within] = read_one_of(tree.get("within", "calendar_year"), (*path, "within"), WITHIN)
    return Earlier(right, read_bound(tree.get("at_most", 0), (*path, "at_most"), MOST_YEARS), within)


def _answer(value: Whatever, path: Path) -> Answer:
    tree = read_map(value, path, "field", *OPERATORS)
    field = read_key(tree.get("field"), (*path, "field"))
    operators = [name for name in tree if name != "field"]
    if len(operators) != 1:
        raise refuse(path, "one_operator")
    [operator] = operators
    return Answer(field, operator, OPERANDS[operator](tree[operator], (*path, operator)))


def _scalar(value: Whatever, path: Path) -> str | int | bool:
    if not isinstance(value, str | int | bool) or value == "" or (isinstance(value, int) and abs(value) > MOST):
        raise refuse(path, "scalar", value)
    return value


def _texts(value: Whatever, path: Path) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not all(isinstance(one, str) and one for one in value):
        raise refuse(path, "list_of_texts")
    return tuple(dict.fromkeys(value))


def _yes_no(value: Whatever, path: Path) -> bool:
    return _frozen(value, path).is_frozen


def _number(value: Whatever, path: Path) -> int:
    return read_bound(value, path, MOST)


def _date(value: Whatever, path: Path) -> str:
    try:
        is_date = value == TODAY or date.fromisoformat(value).isoformat() == value
    except (TypeError, ValueError):
        is_date = False
    if not is_date:
        raise refuse(path, "date", value)
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
    "bracket": lambda value, path: Bracket(read_one_of(value, path, BRACKETS)),
    "today": _today,
    "profile": lambda value, path: LegalProfile(read_one_of(value, path, PROFILES)),
    "permission": _permission,
    "frozen": _frozen,
    "answer": _answer,
    "document": _paper,
    "activity": _activity,
    "earlier": _earlier,
    "member": lambda value, path: Membership(_yes_no(value, path)),
}
# A form knows what is answered and who asks; a right, what is recorded.
OF_FORMS = Words(
    frozenset({"age", "role", "children", "adults", "bracket", TODAY, "profile", "permission", "frozen", "answer"})
)
OF_RIGHTS = Words(
    frozenset(
        {"age", "role", "children", "adults", "bracket", TODAY, "profile", "document", "activity", "earlier", "member"}
    )
    | {"count", "notion"}
)
