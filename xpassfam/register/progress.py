"""How far the reading is: on the import's row, for its page, and told, for a terminal."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from xpassfam.register.models import Import

Tell = Callable[[int], None]
STEP: Final = 2  # percent between two that are told


def quiet(_percent: int) -> None:
    """Nobody listens."""


class Progress:
    def __init__(self, record: Import, paths: Sequence[Path], tell: Tell) -> None:
        self._record, self._tell = record, tell
        self._sizes = [path.stat().st_size if path.is_file() else 0 for path in paths]
        self._done = record.progress = 0  # anew, where it runs again

    def read(self, bytes_of_file: int) -> None:
        percent = min(100, 100 * (self._done + bytes_of_file) // max(1, sum(self._sizes)))
        if percent >= self._record.progress + STEP:
            self._record.progress = percent
            self._record.save(update_fields=["progress"])
            self._tell(percent)

    def end_file(self, number: int) -> None:
        self._done += self._sizes[number]
        self.read(0)
