"""Definitions as plain trees (YAML, JSON) and back: what a tree does not say takes its usual value."""

import functools
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from typing import Any, TypeVar

from xpassfam.rules import criteria

T = TypeVar("T")
Tree = Any  # maps, lists, texts, numbers, booleans


@functools.cache
def hints(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def build(kind: type[T], tree: Tree, words: criteria.Words = criteria.OF_FORMS) -> T:
    """A dataclass of a tree that is known to be right: checked by the schema, or written by `dump`."""
    return kind(**{name: _read(hints(typing.cast(Any, kind))[name], value, words) for name, value in tree.items()})


def dump(value: Any) -> Tree:
    """The tree that `build` reads back as the same; what has its usual value is left out."""
    if isinstance(value, criteria.DayOfYear):
        return str(value)
    if _is_criterion(value):
        return criteria.dump(value)
    if is_dataclass(value):
        return {one.name: dump(given) for one in fields(value) if (given := getattr(value, one.name)) != _usual(one)}
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, tuple):
        return [dump(one) for one in value]
    return dict(value) if isinstance(value, Mapping) else value


def _usual(one: Any) -> Any:
    return one.default_factory() if one.default_factory is not MISSING else one.default


def _is_criterion(value: Any) -> bool:
    return isinstance(value, typing.get_args(criteria.Criterion))


def _read(hint: Any, value: Tree, words: criteria.Words) -> Any:
    if hint == criteria.Criterion:
        return criteria.parse(value, words=words)
    if hint is criteria.DayOfYear:
        month, day = value.split("-")
        return criteria.DayOfYear(int(month), int(day))
    origin = typing.get_origin(hint)
    if origin is tuple:
        return tuple(_read(typing.get_args(hint)[0], one, words) for one in value)
    if origin in (typing.Union, types.UnionType):
        if isinstance(value, list):
            return tuple(value)
        kinds = [kind for kind in typing.get_args(hint) if is_dataclass(kind)]
        return _read(kinds[0], value, words) if kinds and value is not None else value
    if isinstance(hint, type) and is_dataclass(hint):
        return build(hint, value, words)
    return hint(value) if isinstance(hint, type) and issubclass(hint, StrEnum) else value
