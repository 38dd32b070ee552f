"""A rule loaded: its text read, held against the schema, then against what it says of itself."""

from pathlib import Path

from xpassfam.definitions.loading import Problem, Refused, load_tree
from xpassfam.definitions.trees import build
from xpassfam.definitions.yaml_text import Text
from xpassfam.entitlements.language import meaning
from xpassfam.entitlements.language.model import Right, Vocabulary
from xpassfam.rules.criteria import OF_RIGHTS, Words

RIGHT_SCHEMA = Path(__file__).parent.parent / "right.schema.json"
VOCABULARY_SCHEMA = Path(__file__).parent.parent / "vocabulary.schema.json"


def words_of(vocabulary: Vocabulary | None) -> Words:
    """What the conditions of a right may look at."""
    return OF_RIGHTS.calling(**{one.name: one.criterion for one in vocabulary.notions}) if vocabulary else OF_RIGHTS


def load_vocabulary(text: str) -> Vocabulary:
    """What rules share; Refused with everything that is wrong with it, by line."""
    return read_vocabulary(text)[0]


def load_right(text: str, vocabulary: Vocabulary) -> Right:
    """The right that a text holds; Refused with everything that is wrong with it, by line."""
    return read_right(text, vocabulary)[0]


def read_vocabulary(text: str) -> tuple[Vocabulary, Text]:
    """With the lines of its places."""
    source = load_tree(text, schema=VOCABULARY_SCHEMA, words=OF_RIGHTS)
    vocabulary = build(Vocabulary, source.tree, OF_RIGHTS)
    if problems := [Problem(source.line_of(one.path), one.text) for one in meaning.of_vocabulary(vocabulary)]:
        raise Refused(problems)
    return vocabulary, source


def read_right(text: str, vocabulary: Vocabulary) -> tuple[Right, Text]:
    """With the lines of its places."""
    words = words_of(vocabulary)
    source = load_tree(text, schema=RIGHT_SCHEMA, words=words)
    right = build(Right, source.tree, words)
    if problems := [Problem(source.line_of(one.path), one.text) for one in meaning.of_right(right, vocabulary)]:
        raise Refused(problems)
    return right, source
