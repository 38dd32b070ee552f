"""What every condition is written with: keys, numbers, days, one of several words; and what is wrong with it."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any as Whatever

from xpassfam.rules.criteria.atoms import DayOfYear

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


def refuse(path: Path, code: str, given: Whatever = "") -> Refused:
    return Refused(Problem(path, code, str(given)[:60]))


def read_map(value: Whatever, path: Path, *known: str) -> dict[str, Whatever]:
    if not isinstance(value, dict):
        raise refuse(path, "map")
    for name in value:
        if name not in known:
            raise refuse(path, "unknown_key", name)
    return value


def read_bounds(tree: dict[str, Whatever], path: Path, *names: str, most: int = MOST_YEARS) -> dict[str, int | None]:
    bounds = {name: read_bound(tree[name], (*path, name), most) for name in names if tree.get(name) is not None}
    for low, high in zip(names[::2], names[1::2], strict=True):
        if low in bounds and high in bounds and bounds[low] > bounds[high]:
            raise refuse((*path, low), "bounds_crossed", bounds[low])
    return {name: bounds.get(name) for name in names}


def read_bound(value: Whatever, path: Path, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise refuse(path, "number", value)
    return value


def need_bound(bounds: dict[str, int | None], path: Path, *names: str) -> None:
    if all(bounds[name] is None for name in names):
        raise refuse(path, "no_bound")


def read_day_of_year(value: Whatever, path: Path) -> DayOfYear:
    found = _DAY.fullmatch(value) if isinstance(value, str) else None
    try:
        day = date(_LEAP_YEAR, int(found[1]), int(found[2])) if found else None
    except ValueError:
        day = None
    if day is None:
        raise refuse(path, "day_of_year", value)
    return DayOfYear(day.month, day.day)


def read_key(value: Whatever, path: Path) -> str:
    if not isinstance(value, str) or not KEY.fullmatch(value):
        raise refuse(path, "key", value)
    return value


def read_one_of(value: Whatever, path: Path, known: tuple[str, ...]) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    for one in values:
        if not isinstance(one, str) or one not in known:
            raise refuse(path, "unknown_value", one)
    if not values:
        raise refuse(path, "empty")
    return tuple(dict.fromkeys(values))
