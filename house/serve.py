"""The portal's processes: the web server and the worker, watched until one asks to stop."""

import errno
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from types import FrameType
from typing import NoReturn

from house import processes
from house.environment import ROOT
from xpassfam.config import env as environment
from xpassfam.config import services

LONGEST_PAUSE_SECONDS = 30


class Stop(BaseException):
    """A signal asked us to end."""


def main() -> None:
    try:
        env = environment.read()
        services.database(env.database_url, var=env.var)
        services.mail(env.smtp_url)
    except environment.BadSetting as problem:
        sys.exit(f"Xpassfam can't start. {problem}")
    refuse_unfit_address(env.bind_host, env.port)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, raise_stop)
    renewal = Renewal()
    signal.signal(signal.SIGHUP, renewal.on_signal)
    children: list[subprocess.Popen[bytes]] = []
    try:
        prepared = processes.start([sys.executable, "-m", "house.prepare"], cwd=ROOT)
        children.append(prepared)
        if prepared.wait():
            sys.exit(prepared.returncode)
        children[:] = [processes.start(server(env), cwd=ROOT)]
        wait_until_it_answers(env, children[0])
        print(welcome(env, demo_accounts(env) if env.is_demo else []), flush=True)
        watch(children, renewal)
    except Stop:
        print("\nStopping …", flush=True)
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        processes.stop(children)


def raise_stop(number: int, frame: FrameType | None) -> None:
    raise Stop


class Renewal:
    """SIGHUP: settings are read again. From a terminal that was closed, it asks to stop, as it always did."""

    def __init__(self) -> None:
        self.is_asked = False
        self._had_terminal = has_terminal()

    def on_signal(self, number: int, frame: FrameType | None) -> None:
        if self._had_terminal and not has_terminal():
            raise Stop
        self.is_asked = True

    def take(self) -> bool:
        """Whether it was asked for and can be done: with settings that can't be used, everything stays as it is."""
        if not self.is_asked:
            return False
        self.is_asked = False
        try:
            env = environment.read()
            services.database(env.database_url, var=env.var)
            services.mail(env.smtp_url)
        except environment.BadSetting as problem:
            print(f"Settings are kept as they were. {problem}", file=sys.stderr, flush=True)
            return False
        print("Settings are read again.", flush=True)
        return True


def has_terminal() -> bool:
    try:
        os.close(os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY))
    except OSError:
        return False
    return True


def server(env: environment.Env) -> list[str]:
    return [
        str(Path(sys.executable).with_name("granian")),
        "--interface=wsgi",
        f"--host={env.bind_host}",
        f"--port={env.port}",
        "--workers=2",
        f"--blocking-threads={env.web_threads}",
        "--respawn-failed-workers",
        "--respawn-interval=8",  # a new process serves before the next of the former ends, on a slow machine too
        "--workers-kill-timeout=5",
        "--no-ws",
        "--log-level=warning",
        "xpassfam.config.wsgi:application",
    ]


def watch(children: list[subprocess.Popen[bytes]], renewal: Renewal) -> None:
    """Keep a worker at work; end when the server ends. Both are renewed one process after the other, none is missed."""
    web = children[0]
    pause = 1
    while True:
        started, is_renewed = time.monotonic(), False
        worker = processes.start([sys.executable, "manage.py", "work"], cwd=ROOT)
        children[1:] = [worker]
        while worker.poll() is None:
            if web.poll() is not None:
                sys.exit(f"The web server ended by itself (code {web.returncode}).")
            if renewal.take():
                is_renewed = True
                web.send_signal(signal.SIGHUP)
                worker.terminate()
            time.sleep(0.2)
        if is_renewed:
            continue
        pause = 1 if time.monotonic() - started > LONGEST_PAUSE_SECONDS else min(pause * 2, LONGEST_PAUSE_SECONDS)
        print(f"The worker ended (code {worker.returncode}); again in {pause} s.", file=sys.stderr, flush=True)
        time.sleep(pause)


def refuse_unfit_address(host: str, port: int) -> None:
    """Say now, and plainly, why the server could not listen there."""
    try:
        family, kind, _proto, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as candidate:
            candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            candidate.bind(address)
    except OSError as problem:
        if problem.errno == errno.EADDRINUSE:
            refuse_taken_port(port)
        if problem.errno == errno.EACCES:
            sys.exit(f"Xpassfam can't start. PORT: {port} is kept for root. Good value: PORT=8000")
        sys.exit(f"Xpassfam can't start. HOST: « {host} » is no address of this machine. Good value: HOST=127.0.0.1")
    # Browsers may reach « localhost » by another way than ours, where somebody else would answer.
    if host == "127.0.0.1" and answers("localhost", port):
        refuse_taken_port(port)


def refuse_taken_port(port: int) -> NoReturn:
    other = port + 1 if port < environment.LARGEST_PORT else port - 1
    sys.exit(f"Port {port} is already taken, perhaps by another ./run. Choose another: PORT={other} ./run")


def answers(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True


def reachable_host(env: environment.Env) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(env.bind_host, env.bind_host)  # noqa: S104 - compared, not bound


def demo_accounts(env: environment.Env) -> list[dict[str, str]]:
    """One of each role, as the portal itself lists them: what is printed signs in. None is no reason not to start."""
    host = reachable_host(env)
    place = f"[{host}]" if ":" in host else host
    try:
        with urllib.request.urlopen(f"http://{place}:{env.port}/demo/comptes.json", timeout=10) as answer:
            listed = json.load(answer)["accounts"]
    except (OSError, ValueError):
        return []
    able = [account for account in listed if account["active"] and account["password"]]
    firsts = (next((one for one in able if one["role"] == role), None) for role in ("family", "agent", "administrator"))
    return [one for one in firsts if one]


def wait_until_it_answers(env: environment.Env, web: subprocess.Popen[bytes]) -> None:
    host = reachable_host(env)
    while web.poll() is None:
        if answers(host, env.port):
            return
        time.sleep(0.05)
    sys.exit(f"The web server could not start (code {web.returncode}).")


ROLES = {"family": "A family", "agent": "An agent", "administrator": "An administrator"}


def welcome(env: environment.Env, accounts: list[dict[str, str]]) -> str:
    if not env.is_demo:
        return f"Xpassfam answers on {env.bind_host}:{env.port} for {env.base_url}."
    lines = [f"    {ROLES[one['role']]:<18}{one['email']}  {one['password']}" for one in accounts]
    able = "\n".join(["", *lines, ""]) if lines else ""
    return f"""
  Xpassfam, a demonstration: everything in it is invented.

    Sign in           {env.base_url}/connexion/
    Demo accounts     {env.base_url}/demo/
    Demo mail         {env.base_url}/demo/courrier/
{able}
  Ctrl-C stops it.
"""


if __name__ == "__main__":
    main()
