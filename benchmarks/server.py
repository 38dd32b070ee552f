"""The portal behind the server that ./run starts, and the processor time it takes (from /proc: Linux only)."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from house import processes, serve
from house.environment import ROOT
from xpassfam.config import env as environment

PORTAL = "xpassfam.config.wsgi:application"
WORKERS = 2
SESSION, USER_TIME, SYSTEM_TIME = 3, 11, 12  # places in /proc/…/stat, after the program's name


class Server:
    def __init__(self, port: int, head: int) -> None:
        self.port, self._head = port, head

    def processor_seconds(self) -> float:
        """What all its processes have taken until now."""
        ticks = 0
        for place in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = place.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[SESSION]) == self._head:
                ticks += int(fields[USER_TIME]) + int(fields[SYSTEM_TIME])
        return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(application: str = PORTAL) -> Iterator[Server]:
    """An application, served as ./run serves the portal: same program, same workers and threads."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = environment.read(os.environ | {"HOST": "127.0.0.1", "PORT": str(port)})
    child = processes.start([*serve.server(env)[:-1], application], cwd=ROOT)
    try:
        serve.wait_until_it_answers(env, child)
        yield Server(port, child.pid)
    finally:
        processes.stop([child])
