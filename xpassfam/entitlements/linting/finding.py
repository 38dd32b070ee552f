"""What reading a rule over found, at which place of its tree."""

from collections.abc import Iterator
from dataclasses import dataclass

from xpassfam.definitions.yaml_text import Path
from xpassfam.rules.criteria import All, Any, Count, Criterion, Not


@dataclass(frozen=True)
class Finding:
    """`is_refused`: the rule can't be published with it; else it is advice. `source`: the law that it comes from."""

    path: Path
    text: str
    source: str = ""
    is_refused: bool = False


def nodes_of(criterion: Criterion, path: Path) -> Iterator[tuple[Path, Criterion]]:
    """What the organisation wrote, with its place: a notion is one word, and is read over by itself."""
    yield path, criterion
    match criterion:
        case All(parts) | Any(parts):
            name = "all" if isinstance(criterion, All) else "any"
            for number, part in enumerate(parts):
                yield from nodes_of(part, (*path, name, number))
        case Not(part):
            yield from nodes_of(part, (*path, "not"))
        case Count(that):
            yield from nodes_of(that, (*path, "count", "that"))
