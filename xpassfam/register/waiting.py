"""Files that wait to be imported: out of every served folder, under a name that nobody guesses, for a day at most."""

import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Final, Protocol

from django.conf import settings

STOP: Final = "stop"
MOST_MEGABYTES: Final = 256  # of all the files of one import


class Upload(Protocol):
    name: str | None

    def chunks(self) -> Iterable[bytes]: ...


def keep(uploads: Iterable[Upload]) -> str:
    """Write the files aside; return the name of their folder."""
    folder = secrets.token_urlsafe(32)
    place = _place(folder)
    place.mkdir(mode=0o700, parents=True)
    for number, upload in enumerate(uploads):
        with (place / str(number)).open("xb") as file:
            file.writelines(upload.chunks())
    return folder


def paths(folder: str, number: int) -> list[Path]:
    """The files of a folder, in the order in which they were brought: not by the names that they came with."""
    return [_place(folder) / str(n) for n in range(number)]


def ask_to_stop(folder: str) -> None:
    """FileNotFoundError where the files are gone."""
    (_place(folder) / STOP).touch()


def is_to_stop(folder: str) -> bool:
    return bool(folder) and (_place(folder) / STOP).exists()


def throw_away(folder: str) -> None:
    if folder:
        shutil.rmtree(_place(folder), ignore_errors=True)


def _place(folder: str) -> Path:
    return Path(settings.VAR) / "imports" / folder
