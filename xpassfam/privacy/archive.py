"""The archive as it is written: a ZIP that never stands whole in memory, with the digest of each of its files."""

import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils import timezone

from xpassfam.ui.own_data import Leaf, Missing

DIGESTS = "empreintes.txt"
# What some system or other does not take in a name.
UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"\\|?*\u202a-\u202e\u2066-\u2069]')
LONGEST = 150


class _Sink(io.RawIOBase):
    """What the ZIP writes, until it is taken."""

    def __init__(self) -> None:
        self.waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: "bytes | bytearray | memoryview", /) -> int:  # type: ignore[override]
        self.waiting += data
        return len(data)

    def take(self) -> bytes:
        taken = bytes(self.waiting)
        self.waiting.clear()
        return taken


class Archive:
    """`missing` and `digests` are known once all was read."""

    def __init__(self, *, at: datetime) -> None:
        self.at = timezone.localtime(at)
        self.missing: list[str] = []
        self.digests: dict[str, str] = {}

    def stream(self, leaves: Iterable[Leaf]) -> Iterator[bytes]:
        """The files in their order, then their digests, as `sha256sum -c` reads them. Leaves may be made as they are
        taken: the last know which of the first were missing.
        """
        sink = _Sink()
        with ZipFile(sink, "w", ZIP_DEFLATED) as archive:
            for leaf in leaves:
                yield from self._add(archive, sink, leaf.path, leaf.content())
            lines = "".join(f"{digest}  {path}\n" for path, digest in self.digests.items())
            yield from self._add(archive, sink, DIGESTS, [lines.encode()])
        yield sink.take()

    def _add(self, archive: ZipFile, sink: _Sink, path: str, content: Iterable[bytes]) -> Iterator[bytes]:
        name, chunks = self._free(path), iter(content)
        try:
            first = next(chunks, b"")
        except Missing:
            self.missing.append(path)
            return
        digest, info = hashlib.sha256(), ZipInfo(name, self.at.timetuple()[:6])
        info.compress_type = ZIP_DEFLATED
        with archive.open(info, "w") as entry:
            try:
                for chunk in _all(first, chunks):
                    digest.update(chunk)
                    entry.write(chunk)
                    yield sink.take()
            except Missing:  # damaged further on: what could be read is there
                self.missing.append(path)
        self.digests[name] = digest.hexdigest()

    def _free(self, path: str) -> str:
        """Inside the archive whatever the file is called, and not twice the same."""
        folders = [UNFIT.sub("_", part).strip(" .")[:LONGEST] or "_" for part in path.split("/")]
        name = "/".join(folders)
        stem, dot, ending = name.rpartition(".")
        number = 2
        while name in self.digests:
            name = f"{stem} ({number}){dot}{ending}"
            number += 1
        return name


def _all(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
