"""The virtual environment in `.venv`, filled from a lock file; nothing is written outside the project."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed-from"
OLDEST_PYTHON = (3, 11)
RUNTIME = "requirements.lock"
DEVELOPMENT = "requirements-dev.lock"


def enter(module: str, lock: str, arguments: list[str]) -> None:
    """Become `module`, run by the project's own Python, once everything in `lock` is installed."""
    os.chdir(ROOT)
    prepare(lock)
    # Compiling all of it takes three times as long as the rest of a start: once is enough, whatever the shell says.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.execv(PYTHON, [str(PYTHON), "-m", module, *arguments])  # noqa: S606 - no shell is wanted


def prepare(lock: str) -> None:
    if sys.version_info < OLDEST_PYTHON:
        stop(f"Xpassfam needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    with (ROOT / ".install.lock").open("w") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        # What the tests need contains what the portal needs: never take it away.
        if installed().startswith(DEVELOPMENT):
            lock = DEVELOPMENT
        if not PYTHON.exists() or installed() != stamp_of(lock):
            print(f"Installing the packages of {lock} in .venv …", flush=True)
            install(lock)
            STAMP.write_text(stamp_of(lock), encoding="utf-8")


def installed() -> str:
    try:
        return STAMP.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""


def stamp_of(lock: str) -> str:
    """What was installed, and where: a virtual environment does not survive a move."""
    return f"{lock} {hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()} {VENV}"


def install(lock: str) -> None:
    """With uv where there is one; else with Python's own venv and pip, as safe and ten seconds slower."""
    uv = shutil.which("uv")
    if uv:
        execute([uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(VENV)])
        sync = [uv, "pip", "sync", "--quiet", "--python", str(PYTHON), "--require-hashes"]
        execute([*sync, "--compile-bytecode", lock])  # as pip does
        return
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], stdout=subprocess.PIPE, check=False)
    if made.returncode:
        debian = f"python3.{sys.version_info.minor}-venv"
        stop(f"Python could not make a virtual environment. On Debian and Ubuntu: apt-get install {debian}")
    execute([str(PYTHON), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", lock])


def execute(command: list[str]) -> None:
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    if code:
        stop(f"This failed: {' '.join(command)}", code)


def stop(message: str, code: int = 1) -> None:
    print(message, file=sys.stderr)
    sys.exit(code)
