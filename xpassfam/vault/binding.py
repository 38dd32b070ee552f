"""Photos of one document as one PDF/A, made by the child of what it had made harmless before."""

import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import IO

from xpassfam.vault import children
from xpassfam.vault.models import File
from xpassfam.vault.reading import chunks


class CannotBind(Exception):
    """It could not be made in the time and memory that it may take."""


@dataclass(frozen=True)
class About:
    """What the PDF says of itself; `pages`: what each photo is, for who does not see it. `language`: « fr »."""

    title: str
    language: str
    pages: Sequence[str]


@contextmanager
def bound(photos: Sequence[File], about: About) -> Iterator[IO[bytes]]:
    """The PDF, to be read from its start. Raise CannotBind, turns.Busy, NotReady."""
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as result:
        said = json.dumps(asdict(about)).encode()
        _frame(source, [said], size=len(said))
        for photo in photos:
            _frame(source, chunks(photo), size=photo.size)
        source.flush()
        try:
            answer = children.run("bind", source=source, result=result)
        except children.Died as death:
            raise CannotBind(about.title) from death
        if "refused" in answer:
            raise CannotBind(about.title)
        yield result


def _frame(source: IO[bytes], content: Iterable[bytes], *, size: int) -> None:
    """Its length before it, as `child.binding.frame` reads it."""
    source.write(size.to_bytes(8, "big"))
    source.writelines(content)
