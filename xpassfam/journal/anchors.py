"""The ends of all chains, kept outside the database: who writes the database anew can't change them.

Each line of the file is a chain: its scope, how many lines it had, the hash of the last. Digests only: it tells
nobody's affairs, and may be kept anywhere (another machine, a printed page, a bailiff).
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import TextIO

from xpassfam.journal.models import Head, Line
from xpassfam.journal.proof import Break

BATCH = 100


def write_to(file: TextIO) -> str:
    """Write the ends of all chains; return their digest, short enough to be copied by hand."""
    whole = hashlib.sha256()
    for scope, seq, seal in Head.objects.order_by("scope").values_list("scope", "seq", "hash").iterator():
        line = f"{scope} {seq} {seal}\n"
        whole.update(line.encode())
        file.write(line)
    return whole.hexdigest()


def compare(file: Iterable[str]) -> Iterator[Break]:
    """Where a chain no longer passes through the end it had when the file was written."""
    batch: list[tuple[str, int, str]] = []
    for text in file:
        scope, seq, seal = text.split()
        batch.append((scope, int(seq), seal))
        if len(batch) == BATCH:
            yield from _differing(batch)
            batch = []
    yield from _differing(batch)


def _differing(batch: list[tuple[str, int, str]]) -> Iterator[Break]:
    """A line's hash seals all that came before it: to find it again is enough."""
    known = {seal: (scope, seq) for scope, seq, seal in batch}
    rows = Line.objects.filter(
        scope__in={scope for scope, _seq, _seal in batch}, seq__in={seq for _s, seq, _h in batch}
    )
    found = {(scope, seq): seal for scope, seq, seal in rows.values_list("scope", "seq", "hash").iterator()}
    for seal, (scope, seq) in known.items():
        if found.get((scope, seq)) != seal:
            problem = "the chain was written anew" if (scope, seq) in found else "the chain is shorter than it was"
            yield Break(scope, seq, problem)
