"""The portal behind the server that ./run starts, and the processor time it takes (from /proc: Linux only)."""

import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path

from house import processes, serve
from house.environment import ROOT
from xpassfam.config import env as environment

PORTAL = "xpassfam.config.wsgi:application"
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


class Servers(ExitStack):
    """Those of a run; the portal's is started when a subject first asks for it."""

    def __init__(self, workers: int) -> None:
        super().__init__()
        self.workers = workers

    @cached_property
    def portal(self) -> Server:
        return self.enter_context(self.serving(PORTAL))

    @contextmanager
    def serving(self, application: str) -> Iterator[Server]:
        """An application, served as ./run serves the portal: same program, same workers and threads."""
        with _serving(application, self.workers) as server:
            yield server


@contextmanager
def _serving(application: str, workers: int) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = environment.read(os.environ | {"HOST": "127.0.0.1", "PORT": str(port)})
    child = processes.start([*serve.server(env)[:-1], f"--workers={workers}", application], cwd=ROOT)
    try:
        serve.wait_until_it_answers(env, child)
        yield Server(port, child.pid)
    finally:
        processes.stop([child])
