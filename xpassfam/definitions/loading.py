"""The text of a definition, read and held against its schema and the language of conditions."""

import functools
import json
from dataclasses import dataclass
from pathlib import Path as File
from typing import Any

import jsonschema

from xpassfam.definitions import sentences
from xpassfam.definitions.yaml_text import Path, Text, Unreadable, read
from xpassfam.rules import criteria

MOST_PROBLEMS = 50
# Where a schema has a condition: by the names of its places.
CONDITIONS = frozenset({"condition", "criterion", "persons"})


@dataclass(frozen=True)
class Problem:
    """Something to mend, said in French, at a line of the text."""

    line: int
    text: str


class Refused(ValueError):
    """A text that is no definition."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems)
        self.problems = tuple(sorted(set(problems), key=lambda problem: problem.line)[:MOST_PROBLEMS])


def load_tree(text: str, *, schema: File, words: criteria.Words = criteria.OF_FORMS) -> Text:
    """The tree that a text holds; Refused with everything that is wrong with it, by line. `words`: what its
    conditions may look at."""
    try:
        source = read(text)
    except Unreadable as error:
        raise Refused([Problem(error.line, sentences.of_text(error.code, error.given))]) from error
    if problems := [*_of_schema(source, schema)] or [*_of_conditions(source, words)]:
        raise Refused(problems)
    return source


@functools.cache
def _validator(schema: File) -> Any:
    return jsonschema.Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))


def _of_schema(source: Text, schema: File) -> list[Problem]:
    """Of several alternatives only the nearest is told."""
    errors = list(_validator(schema).iter_errors(source.tree))[:MOST_PROBLEMS]
    return [Problem(source.line_of(sentences.place_of(error)), sentences.of_schema(error)) for error in errors]


def _of_conditions(source: Text, words: criteria.Words) -> list[Problem]:
    problems = []
    for path, tree in _conditions(source.tree, ()):
        try:
            criteria.parse(tree, path=path, words=words)
        except criteria.Refused as refusal:
            problems += [Problem(source.line_of(one.path), sentences.of_condition(one)) for one in refusal.problems]
    return problems


def _conditions(tree: Any, path: Path) -> list[tuple[Path, Any]]:
    if isinstance(tree, list):
        return [found for number, one in enumerate(tree) for found in _conditions(one, (*path, number))]
    if not isinstance(tree, dict):
        return []
    found: list[tuple[Path, Any]] = []
    for name, value in tree.items():
        is_condition = name in CONDITIONS and isinstance(value, dict)
        inner = [((*path, name), value)] if is_condition else _conditions(value, (*path, name))
        found += inner
    return found
