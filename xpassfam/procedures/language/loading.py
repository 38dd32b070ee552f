"""A definition loaded: its text read, held against the schema, then against what it says of itself."""

from pathlib import Path as File

from xpassfam.definitions.loading import Problem, Refused, load_tree
from xpassfam.definitions.trees import build
from xpassfam.procedures.language import meaning
from xpassfam.procedures.language.model import Definition

SCHEMA = File(__file__).parent.parent / "schema.json"


def load(text: str) -> Definition:
    """The definition that a text holds; Refused with everything that is wrong with it, by line."""
    source = load_tree(text, schema=SCHEMA)
    definition = build(Definition, source.tree)
    if problems := [Problem(source.line_of(one.path), one.text) for one in meaning.problems(definition)]:
        raise Refused(problems)
    return definition
