"""Where locked files lie: a folder, or a bucket that speaks S3. Neither knows a key."""

import os
import secrets
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Protocol

import obstore
from django.conf import settings
from obstore.exceptions import BaseError
from obstore.store import ObjectStore, S3Store

from xpassfam.ui import errors

# Beyond, whoever waits for a page is told: left to itself, obstore tries again for three minutes.
TRY_AGAIN = timedelta(seconds=10)


class Absent(Exception):
    """Nothing lies under that name."""


class Away(errors.Away):
    """It does not answer, or takes nothing more. What lies there is not lost."""


class Storage(Protocol):
    """Each raises Away."""

    def put(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write it whole, or not at all; when this returns, a power cut takes nothing of it."""

    def read(self, name: str, start: int, length: int) -> bytes: ...

    def delete(self, name: str) -> None:
        """Nothing happens where there is nothing."""

    def names(self, *, before: datetime) -> Iterator[str]:
        """What was written before that instant."""


class Folder:
    """obstore has folders too, which do not promise to be on the disk when they say that they are."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def put(self, name: str, chunks: Iterable[bytes]) -> None:
        try:
            self._put(name, chunks)
        except OSError as error:
            raise Away(str(error)) from error

    def _put(self, name: str, chunks: Iterable[bytes]) -> None:
        path = self._path(name)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.writelines(chunks)
                file.flush()
                os.fsync(file.fileno())
            draft.rename(path)
        finally:
            draft.unlink(missing_ok=True)
        # The name itself is on the disk once its folder is, and the folder's once its parent's is.
        for folder in (path.parent, self.place):
            _sync(folder)

    def read(self, name: str, start: int, length: int) -> bytes:
        try:
            with self._path(name).open("rb") as file:
                file.seek(start)
                return file.read(length)
        except FileNotFoundError as error:
            # A disk that is not mounted holds nothing at all.
            raise (Absent(name) if self.place.is_dir() else Away(str(error))) from error
        except OSError as error:
            raise Away(str(error)) from error

    def delete(self, name: str) -> None:
        try:
            self._path(name).unlink(missing_ok=True)
        except OSError as error:
            raise Away(str(error)) from error

    def names(self, *, before: datetime) -> Iterator[str]:
        """Drafts of writers that died among them."""
        for path in self.place.glob("??/*"):
            if path.stat().st_mtime < before.timestamp():
                yield path.name

    def _path(self, name: str) -> Path:
        return self.place / name[:2] / name


class Bucket:
    """Any store that obstore knows; puts are whole or not at all there."""

    def __init__(self, store: ObjectStore) -> None:
        self.store = store

    def put(self, name: str, chunks: Iterable[bytes]) -> None:
        try:
            obstore.put(self.store, name, iter(chunks))
        except (BaseError, FileNotFoundError) as error:  # a bucket that is not there
            raise Away(str(error)) from error

    def read(self, name: str, start: int, length: int) -> bytes:
        try:
            return bytes(obstore.get_range(self.store, name, start=start, length=length))
        except FileNotFoundError as error:
            raise Absent(name) from error
        except BaseError as error:
            raise Away(str(error)) from error

    def delete(self, name: str) -> None:
        try:
            obstore.delete(self.store, name)
        except FileNotFoundError:
            return
        except BaseError as error:
            raise Away(str(error)) from error

    def names(self, *, before: datetime) -> Iterator[str]:
        for batch in obstore.list(self.store):
            yield from (one["path"] for one in batch if one["last_modified"].astimezone(UTC) < before)


def current() -> Storage:
    return Folder(Path(settings.VAR) / "files") if not settings.FILES_URL else _bucket(settings.FILES_URL)


@cache
def _bucket(url: str) -> Bucket:
    """`AWS_…` of the environment say with what right, where, and in which region."""
    return Bucket(
        S3Store.from_url(
            url,
            client_options={"connect_timeout": "3s", "timeout": "30s"},
            retry_config={"max_retries": 2, "retry_timeout": TRY_AGAIN},
        )
    )


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
