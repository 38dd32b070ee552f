"""Countries where families live: the ISO code that is kept, the names that are read.

Source: ISO 3166-1 and Kosovo; names of the Unicode CLDR (see `data/NOTICE.md`).
"""

import functools
import re
from collections.abc import Mapping
from pathlib import Path

from xpassfam.rules.identifiers import fold

DATA = Path(__file__).parent / "data" / "countries.tsv"
LANGUAGES = ("fr", "en")


@functools.cache
def names(language: str) -> Mapping[str, str]:
    """By code; in French, unless it is English that is asked for."""
    place = LANGUAGES.index(language) if language in LANGUAGES else 0
    return {code: told[place] for code, *told in _rows()}


def country_code(text: str) -> str | None:
    """`Belgique`, `belgium`, `be` → `BE`; None for what is no country."""
    return _codes().get(fold(text))


@functools.cache
def _codes() -> Mapping[str, str]:
    """Asked once for each row of a register."""
    return {fold(word): code for code, *told in _rows() for word in (code, *told, *map(_bare, told))}


def _bare(name: str) -> str:
    """`Myanmar (Birmanie)` → `Birmanie`: what stands in parentheses is a name of its own."""
    inside = re.search(r"\((.+)\)", name)
    return inside[1] if inside else name


@functools.cache
def _rows() -> list[list[str]]:
    return [line.split("\t") for line in DATA.read_text(encoding="utf-8").splitlines()]
