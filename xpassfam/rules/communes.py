"""The communes that a postcode serves, without asking anybody.

Source: INSEE, code officiel géographique; La Poste, codes postaux (see `data/NOTICE.md`).
"""

import functools
import gzip
import re
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent / "data" / "communes.tsv.gz"


@dataclass(frozen=True)
class Commune:
    """`code` is INSEE's: names have namesakes, codes have none."""

    code: str
    name: str


def communes_of(postcode: str) -> list[Commune]:
    """By name; none where the postcode is unknown: La Poste makes new ones, and CEDEX are not listed."""
    if not re.fullmatch(r"\d{5}", postcode):
        return []
    start = _lines().find(f"\n{postcode}\t".encode())
    if start < 0:
        return []
    return [Commune(*place.split(" ", 1)) for place in _line_at(start + 1).split("\t")[1:]]


def normalise_postcode(text: str) -> str:
    """`44 200` → `44200`; the others as they are written abroad, in capitals."""
    typed = " ".join(text.upper().split())
    bare = typed.replace(" ", "")
    return bare if re.fullmatch(r"\d{5}", bare) else typed


def _line_at(start: int) -> str:
    return _lines()[start : _lines().index(b"\n", start)].decode()


@functools.cache
def _lines() -> bytes:
    """The file as it is, 0.7 MB read when first asked for: a dictionary of it would take ten times as much."""
    return b"\n" + gzip.decompress(DATA.read_bytes())
