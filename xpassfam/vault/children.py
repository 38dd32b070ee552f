"""Start a child, wait for it, end it when it is too slow."""

import json
import os
import subprocess
import sys
from typing import IO

from django.conf import settings

from xpassfam.vault.limits import SECONDS
from xpassfam.vault.turns import turn


class Died(Exception):
    """The child ran out of time or memory, or a library gave up under what it was given."""


def run(*arguments: str, source: IO[bytes], result: IO[bytes]) -> dict[str, object]:
    """What the child says of `source`; what it made of it is in `result`, read from its start; raise Died, Busy."""
    # The place in the file itself, which is the child's too: `seek` may stay within what was read ahead.
    os.lseek(source.fileno(), 0, os.SEEK_SET)
    command = [sys.executable, "-m", "xpassfam.vault.child", *arguments]
    try:
        with turn():
            done = subprocess.run(  # noqa: S603 - our own program, and words of ours
                command,
                stdin=source,
                stdout=result,
                stderr=subprocess.PIPE,
                timeout=SECONDS,
                cwd=settings.ROOT,
                env={"PYTHONDONTWRITEBYTECODE": "1"},  # none of our secrets
                check=True,
            )
        answer = json.loads(done.stderr)
    except (subprocess.SubprocessError, ValueError) as error:
        raise Died(type(error).__name__) from error
    result.seek(0)
    return dict(answer)
