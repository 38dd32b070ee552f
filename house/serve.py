"""The portal's processes: the web server and the worker, watched until one asks to stop."""

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from house import processes
from house.environment import ROOT
from xpassfam.config import env as environment

LONGEST_PAUSE_SECONDS = 30


class Stop(BaseException):
    """A signal asked us to end."""


def main() -> None:
    try:
        env = environment.read()
    except environment.BadSetting as problem:
        sys.exit(f"Xpassfam can't start. {problem}")
    refuse_taken_port(env.bind_host, env.port)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, raise_stop)
    children: list[subprocess.Popen[bytes]] = []
    try:
        prepared = processes.start([sys.executable, "-m", "house.prepare"], cwd=ROOT)
        children.append(prepared)
        if prepared.wait():
            sys.exit(prepared.returncode)
        children[:] = [processes.start(server(env), cwd=ROOT)]
        wait_until_it_answers(env, children[0])
        print(welcome(env), flush=True)
        watch(children)
    except Stop:
        print("\nStopping …", flush=True)
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        processes.stop(children)


def raise_stop(number: int, frame: FrameType | None) -> None:
    raise Stop


def server(env: environment.Env) -> list[str]:
    return [
        str(Path(sys.executable).with_name("granian")),
        "--interface=wsgi",
        f"--host={env.bind_host}",
        f"--port={env.port}",
        "--workers=2",
        f"--blocking-threads={env.web_threads}",
        "--respawn-failed-workers",
        "--workers-kill-timeout=5",
        "--no-ws",
        "--log-level=warning",
        "xpassfam.config.wsgi:application",
    ]


def watch(children: list[subprocess.Popen[bytes]]) -> None:
    """Keep a worker at work; end when the server ends."""
    web = children[0]
    pause = 1
    while True:
        started = time.monotonic()
        worker = processes.start([sys.executable, "manage.py", "work"], cwd=ROOT)
        children[1:] = [worker]
        while worker.poll() is None:
            if web.poll() is not None:
                sys.exit(f"The web server ended by itself (code {web.returncode}).")
            time.sleep(0.2)
        pause = 1 if time.monotonic() - started > LONGEST_PAUSE_SECONDS else min(pause * 2, LONGEST_PAUSE_SECONDS)
        print(f"The worker ended (code {worker.returncode}); again in {pause} s.", file=sys.stderr, flush=True)
        time.sleep(pause)


def refuse_taken_port(host: str, port: int) -> None:
    probe = "localhost" if host == "127.0.0.1" else host
    for family, kind, _proto, _name, address in socket.getaddrinfo(probe, port, type=socket.SOCK_STREAM):
        with socket.socket(family, kind) as candidate:
            if candidate.connect_ex(address) == 0:
                sys.exit(
                    f"Port {port} is already taken, perhaps by another ./run. Choose another: PORT={port + 1} ./run"
                )


def wait_until_it_answers(env: environment.Env, web: subprocess.Popen[bytes]) -> None:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(env.bind_host, env.bind_host)  # noqa: S104 - compared, not bound
    while web.poll() is None:
        try:
            socket.create_connection((host, env.port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    sys.exit(f"The web server could not start (code {web.returncode}).")


def welcome(env: environment.Env) -> str:
    if not env.is_demo:
        return f"Xpassfam answers on {env.bind_host}:{env.port} for {env.base_url}."
    return f"""
  Xpassfam, a demonstration: everything in it is invented.

    Sign in           {env.base_url}/connexion/
    Demo accounts     {env.base_url}/demo/
    Demo mail         {env.base_url}/demo/courrier/

  Ctrl-C stops it.
"""


if __name__ == "__main__":
    main()
