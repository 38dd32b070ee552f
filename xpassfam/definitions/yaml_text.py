"""A definition's text as a plain tree, with the line of each of its places. Nothing is run, nothing grows.

YAML 1.2's words only: `on`, `no` and `12:30` are texts. Anchors, aliases, tags and merges are refused.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

MOST_BYTES = 200_000
MOST_DEPTH = 24
MOST_NODES = 8_000
MOST_DIGITS = 15

Path = tuple[str | int, ...]

_WORDS = {"true": True, "True": True, "false": False, "False": False, "null": None, "~": None, "": None}
_INTEGER = re.compile(r"[-+]?\d+")


@dataclass(frozen=True)
class Text:
    """`lines`: the line, from 1, where each place begins."""

    tree: Any
    lines: dict[Path, int]

    def line_of(self, path: Path) -> int:
        """That of the place, or of the nearest around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


class Unreadable(ValueError):
    """No tree comes out of it: `code` and `line`."""

    def __init__(self, code: str, line: int = 1, given: str = "") -> None:
        super().__init__(code, line, given)
        self.code, self.line, self.given = code, line, given[:60]


def read(text: str) -> Text:
    """The tree; Unreadable where there is none that can be trusted."""
    if len(text.encode()) > MOST_BYTES:
        raise Unreadable("too_big")
    lines: dict[Path, int] = {}
    try:
        events = _bounded(yaml.parse(text, Loader=yaml.SafeLoader))
        next(events)  # the stream
        if not isinstance(next(events), yaml.DocumentStartEvent):
            raise Unreadable("empty")
        tree = _node(next(events), events, (), lines)
        next(events)  # the document's end
        if not isinstance(after := next(events), yaml.StreamEndEvent):
            raise Unreadable("two_documents", _line(after))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Unreadable("not_yaml", mark.line + 1 if mark else 1, error.problem or "") from error
    except yaml.YAMLError as error:
        raise Unreadable("not_yaml") from error
    return Text(tree, lines)


def _bounded(events: Iterator[yaml.Event]) -> Iterator[yaml.Event]:
    """What would grow, or name what is not text, stops here: before any tree is made."""
    depth = 0
    for number, event in enumerate(events):
        if number > MOST_NODES:
            raise Unreadable("too_big", _line(event))
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Unreadable("anchor", _line(event))
        if tag := getattr(event, "tag", None):
            raise Unreadable("tag", _line(event), str(tag))
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MOST_DEPTH:
            raise Unreadable("too_deep", _line(event))
        yield event


def _node(event: yaml.Event, events: Iterator[yaml.Event], path: Path, lines: dict[Path, int]) -> Any:
    lines[path] = _line(event)
    if isinstance(event, yaml.MappingStartEvent):
        return _map(events, path, lines)
    if isinstance(event, yaml.SequenceStartEvent):
        found: list[Any] = []
        while not isinstance(inner := next(events), yaml.SequenceEndEvent):
            found.append(_node(inner, events, (*path, len(found)), lines))
        return found
    return _scalar(event)


def _map(events: Iterator[yaml.Event], path: Path, lines: dict[Path, int]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    while not isinstance(key := next(events), yaml.MappingEndEvent):
        if not isinstance(key, yaml.ScalarEvent):
            raise Unreadable("key", _line(key))
        if key.value in found:
            raise Unreadable("twice", _line(key), key.value)
        place = (*path, key.value)
        found[key.value] = _node(next(events), events, place, lines)
        lines[place] = _line(key)
    return found


def _scalar(event: Any) -> Any:
    text = str(event.value)
    if not event.implicit[0]:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        if len(text) > MOST_DIGITS:
            raise Unreadable("number", _line(event), text)
        # « 02 » is how a day or a code is written, and no number.
        return text if len(text.lstrip("+-")) > 1 and text.lstrip("+-")[0] == "0" else int(text)
    return text


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
