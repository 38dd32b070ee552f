"""Whether a paper, or a file, is one of ours: asked by anybody, found by nobody who has not the code.

What is wrongly typed is seen by its check character and costs nothing; an unknown code costs one of the address's
tries and one of everybody's. A known one gives both back: a counter that verifies cards all day never waits.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings

from xpassfam.accounts import throttle
from xpassfam.certificates.models import Paper
from xpassfam.rules.certificates import normalise_typed_code
from xpassfam.vault import seals
from xpassfam.vault.seals import Seal

FROM_ADDRESS = throttle.Scope("verify_from", free=20, forget=timedelta(minutes=10), per_window=True)
EVERYBODY = throttle.Scope("verify", free=600, forget=timedelta(minutes=1), per_window=True)


# A file is opened by a process of its own: what families send has the same few turns.
FILE_FROM_ADDRESS = throttle.Scope("verify_file_from", free=10, forget=timedelta(minutes=10), per_window=True)
FILE_OF_EVERYBODY = throttle.Scope("verify_file", free=30, forget=timedelta(minutes=1), per_window=True)


class Paused(Exception):
    """Too many codes that are none of ours, or too many files, from there or from everywhere."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


def look_up(code: str, *, address: str, at: datetime) -> Paper | None:
    """`code` as `normalise_typed_code` gives it; `address` of the visitor. Raise Paused. Three statements; a code
    that is known asks for one more."""
    here = throttle.reserve(FROM_ADDRESS, address, at=at)
    if not here.allowed:
        raise Paused(here.free_at)
    everywhere = throttle.reserve(EVERYBODY, "", at=at)
    if not everywhere.allowed:
        throttle.refund(here)
        raise Paused(everywhere.free_at)
    paper = Paper.objects.filter(code=code).first()
    if paper:
        throttle.refund(here, everywhere)
    return paper


def reserve_a_file(*, address: str, at: datetime) -> None:
    """Before anything of it is read. Raise Paused."""
    for scope, key in ((FILE_FROM_ADDRESS, address), (FILE_OF_EVERYBODY, "")):
        reserved = throttle.reserve(scope, key, at=at)
        if not reserved.allowed:
            raise Paused(reserved.free_at)


def judge_file(chunks: Iterable[bytes], *, size: int) -> tuple[Seal, Paper | None]:
    """Of a whole one, the paper whose code it bears: none where it has those of several, for one of them may have been
    typed by whoever asked for it. Nothing is kept. Raise turns.Busy.
    """
    judged = seals.judge(chunks, size=size, chain=settings.SEAL.chain)
    codes = [code for one in judged.codes if (code := normalise_typed_code(one))]
    papers = list(Paper.objects.filter(code__in=codes)[:2])
    return judged.seal, papers[0] if len(papers) == 1 else None
