"""Jobs that leave a trace in a file, outside of any transaction."""

import time
from datetime import timedelta
from pathlib import Path

from xpassfam.jobs import job


class Refused(Exception):
    pass


def trace(path: str, word: str) -> None:
    with Path(path).open("a", encoding="utf-8") as file:
        file.write(f"{word}\n")


@job()
def note(path: str, word: str) -> None:
    time.sleep(0.01)
    trace(path, word)


@job(lease=timedelta(seconds=1))
def hang_at_first(path: str) -> None:
    trace(path, "begun")
    if Path(path).read_text(encoding="utf-8").count("begun") == 1:
        time.sleep(120)
    trace(path, "done")


@job()
def take_a_while(path: str) -> None:
    trace(path, "begun")
    time.sleep(1.5)
    trace(path, "done")


@job(retries=2)
def fail(path: str) -> None:
    trace(path, "tried")
    raise Refused("sensitive words")


@job(lease=timedelta(seconds=30))
def outlive(path: str) -> None:
    trace(path, "ran")
