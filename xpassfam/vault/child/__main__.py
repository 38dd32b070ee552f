"""`python -m xpassfam.vault.child clean TYPE`, `… draw TYPE PAGE WIDTH`, `… bind`, `… seal`."""

import contextlib
import json
import os
import resource
import sys
from collections.abc import Callable
from typing import BinaryIO

from xpassfam.vault import limits
from xpassfam.vault.child.refusing import Unfit


def bound() -> None:
    """As much as a large photo needs, and no more."""
    memory, seconds, written = limits.MEMORY, limits.SECONDS, 8 * limits.MOST_BYTES
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, written),
        (resource.RLIMIT_CORE, 0),
    ):
        # Some systems know not all of them: the clock of the parent stays.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def task(arguments: list[str]) -> Callable[[BinaryIO, BinaryIO], dict[str, object]]:
    match arguments:
        case ["clean", "application/pdf"]:
            from xpassfam.vault.child import pdf

            return pdf.clean
        case ["clean", media_type]:
            from xpassfam.vault.child import images

            return lambda source, result: images.clean(source, result, media_type=media_type)
        case ["draw", media_type, number, width]:
            from xpassfam.vault.child import drawing

            return lambda source, result: drawing.draw(source, result, media_type, int(number), int(width))
        case ["bind"]:
            from xpassfam.vault.child import binding

            return binding.bind
        case ["seal"]:
            from xpassfam.vault.child import seals

            return seals.judge
    raise SystemExit("clean TYPE | draw TYPE PAGE WIDTH | bind | seal")


def main() -> None:
    bound()
    said = os.fdopen(os.dup(2), "w")
    # What libraries say of a stranger's file is nobody's to read.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    try:
        answer = task(sys.argv[1:])(sys.stdin.buffer, sys.stdout.buffer)
    except Unfit as unfit:
        answer = {"refused": unfit.code}
    except MemoryError:
        answer = {"refused": "unreadable"}
    sys.stdout.flush()
    said.write(json.dumps(answer))
    said.close()
    # Nothing of a hostile file is taken down in order.
    os._exit(0)


main()
