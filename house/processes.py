"""Child processes that end with us, whatever ends us."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Sequence

PR_SET_PDEATHSIG = 1
GRACE_SECONDS = 10
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def start(command: Sequence[str], *, cwd: str | os.PathLike[str]) -> subprocess.Popen[bytes]:
    """Start a command as the head of its own process group.

    On Linux the kernel ends it when we die, even by kill -9; elsewhere only an orderly stop does.
    """
    parent = os.getpid()

    def follow_parent() -> None:
        if _LIBC:
            _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:
                os._exit(1)

    return subprocess.Popen(command, cwd=cwd, start_new_session=True, preexec_fn=follow_parent)


def stop(children: Sequence[subprocess.Popen[bytes]], *, grace: float = GRACE_SECONDS) -> None:
    """Ask all to end, then end what is left, grandchildren included."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(grace)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
