"""Whether a file that somebody hands over is one that we sealed. The child reads it; nothing of it is kept."""

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from xpassfam.vault import children


class Seal(StrEnum):
    WHOLE = "whole"  # ours, and not a byte was changed
    BROKEN = "broken"  # it was ours, and something was changed or added
    NONE = "none"  # no PDF, or not with our seal


@dataclass(frozen=True)
class Judged:
    """`codes`: what, in the text of a whole one, looks like the code of a paper."""

    seal: Seal
    codes: Sequence[str] = ()


def judge(chunks: Iterable[bytes], *, size: int, chain: str) -> Judged:
    """`chain`: the certificates of our seal as PEM, its own first. Raise turns.Busy."""
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as result:
        own = chain.encode()
        source.write(len(own).to_bytes(8, "big") + own + size.to_bytes(8, "big"))
        source.writelines(chunks)
        source.flush()
        try:
            answer = children.run("seal", source=source, result=result)
        except children.Died:
            return Judged(Seal.NONE)
        codes = answer.get("codes")
        return Judged(Seal(str(answer.get("seal", Seal.NONE))), codes if isinstance(codes, list) else ())
