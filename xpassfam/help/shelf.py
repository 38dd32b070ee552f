"""Every article as it is shown now: the organisation's version where it has one, else the shipped one.

Kept by each process for ten seconds. Without a database, what was known before: help is read in trouble.
"""

import logging
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from time import time

from django.db import DatabaseError

from xpassfam.definitions.loading import Refused
from xpassfam.help.article import Article, load
from xpassfam.help.models import ArticleVersion
from xpassfam.organisation.reaching import is_reachable

logger = logging.getLogger(__name__)

FOLDER = Path(__file__).parent / "articles"
KEPT_SECONDS = 10.0
Shelf = Mapping[str, Article]

_kept: tuple[float, Shelf] | None = None


@cache
def shipped() -> Shelf:
    """By slug: the name of the file."""
    return {path.stem: load(source(path.stem), slug=path.stem) for path in sorted(FOLDER.glob("*.md"))}


def source(slug: str) -> str:
    """The text of a shipped article; nothing where there is none."""
    path = FOLDER / f"{slug}.md"
    return path.read_text(encoding="utf-8") if path.parent == FOLDER and path.is_file() else ""


def articles() -> Shelf:
    """One query every ten seconds, none between."""
    global _kept
    # abs: a clock set back must not keep old texts for hours.
    if _kept is None or abs(time() - _kept[0]) > KEPT_SECONDS:
        try:
            read = _read() if is_reachable() else _kept[1] if _kept else shipped()
        except DatabaseError:
            logger.warning("The versions of articles can't be read.", exc_info=True)
            read = _kept[1] if _kept else shipped()
        _kept = (time(), read)
    return _kept[1]


def forget() -> None:
    """The next `articles()` reads the database."""
    global _kept
    _kept = None


def in_order(found: Shelf) -> list[Article]:
    return sorted(found.values(), key=lambda one: (one.position, one.title))


def _read() -> Shelf:
    own = {}
    for version in ArticleVersion.objects.filter(is_current=True):
        try:
            own[version.slug] = load(version.source, slug=version.slug, is_own=True)
        except Refused:
            # Written under an older schema: the shipped text is better than none.
            logger.error("The version %s of an article can't be read any more.", version)
    read = {**shipped(), **own}
    # The same object while nothing changed: what was made of it once (the index of words) still serves.
    return _kept[1] if _kept and _kept[1] == read else read
