"""A definition loaded: its text read, held against the schema, then against what it says of itself."""

import functools
import json
from dataclasses import dataclass
from pathlib import Path as File
from typing import Any

import jsonschema

from xpassfam.procedures.language import meaning, sentences
from xpassfam.procedures.language.model import Definition
from xpassfam.procedures.language.trees import build
from xpassfam.procedures.language.yaml_text import Path, Text, Unreadable, read
from xpassfam.rules import criteria

SCHEMA = File(__file__).parent.parent / "schema.json"
MOST_PROBLEMS = 50


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


@functools.cache
def validator() -> Any:
    return jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def load(text: str) -> Definition:
    """The definition that a text holds; Refused with everything that is wrong with it, by line."""
    try:
        source = read(text)
    except Unreadable as error:
        raise Refused([Problem(error.line, sentences.of_text(error.code, error.given))]) from error
    if problems := [*_of_schema(source)] or [*_of_conditions(source)]:
        raise Refused(problems)
    definition = build(Definition, source.tree)
    if problems := [Problem(source.line_of(one.path), one.text) for one in meaning.problems(definition)]:
        raise Refused(problems)
    return definition


def _of_schema(source: Text) -> list[Problem]:
    """Of several alternatives only the nearest is told."""
    errors = list(validator().iter_errors(source.tree))[:MOST_PROBLEMS]
    return [Problem(source.line_of(sentences.place_of(error)), sentences.of_schema(error)) for error in errors]


def _of_conditions(source: Text) -> list[Problem]:
    problems = []
    for path, tree in _conditions(source.tree, ()):
        try:
            criteria.parse(tree, path=path)
        except criteria.Refused as refusal:
            problems += [Problem(source.line_of(one.path), sentences.of_condition(one)) for one in refusal.problems]
    return problems


def _conditions(tree: Any, path: Path) -> list[tuple[Path, Any]]:
    """Where the schema has a condition: by the names of its places."""
    if isinstance(tree, list):
        return [found for number, one in enumerate(tree) for found in _conditions(one, (*path, number))]
    if not isinstance(tree, dict):
        return []
    found: list[tuple[Path, Any]] = []
    for name, value in tree.items():
        is_condition = name in ("condition", "criterion", "persons") and isinstance(value, dict)
        inner = [((*path, name), value)] if is_condition else _conditions(value, (*path, name))
        found += inner
    return found
