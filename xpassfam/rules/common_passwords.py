"""Whether a password is among the millions that leaked before.

The list is kept as a Bloom filter (`data/common-passwords.bloom`, see NOTICE beside it): it can't be
read back, is mapped and not loaded, and answers in microseconds. It never misses a password of the
list; it takes one other in a thousand for one of them, who then chooses another.
"""

import functools
import mmap
import struct
import unicodedata
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

DATA = Path(__file__).parent / "data" / "common-passwords.bloom"
HEADER = struct.Struct("<8sQQI")  # magic, bits, passwords, probes
MAGIC = b"xpfbloom"


def is_common(password: str) -> bool:
    """Whether `password` leaked, in whatever case it is typed."""
    filter_, bits, probes = _filter()
    return all(filter_[HEADER.size + place // 8] >> place % 8 & 1 for place in places(password, bits, probes))


def size() -> int:
    """How many passwords the list holds."""
    return int(HEADER.unpack_from(_filter()[0])[2])


def places(password: str, bits: int, probes: int) -> Iterator[int]:
    """The bits that stand for `password`."""
    text = unicodedata.normalize("NFC", password).casefold().encode("utf-8", "surrogatepass")
    first, step = struct.unpack("<QQ", blake2b(text, digest_size=16).digest())
    return ((first + i * step) % bits for i in range(probes))


@functools.cache
def _filter() -> tuple[mmap.mmap, int, int]:
    with DATA.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    magic, bits, _passwords, probes = HEADER.unpack_from(mapped)
    if magic != MAGIC:
        raise ValueError(f"{DATA} is not a list of common passwords")
    return mapped, bits, probes
