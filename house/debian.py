"""Programs that tests and checks need beside Python, from Debian's packages."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Need:
    program: str
    package: str
    without: str
    """What is left out where it is absent."""


FOR_TESTS = (
    Need("chromium", "chromium", "journeys in Chromium"),
    Need("firefox-esr", "firefox-esr", "journeys in Firefox"),
    Need("pdfsig", "poppler-utils", "reading sealed papers by another program"),
    Need("qpdf", "qpdf", "checking how papers are made by another program"),
    Need("clamd", "clamav-daemon", "files scanned by ClamAV itself"),
)
# Where Debian puts daemons; the path of many users leaves it out.
PLACES = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin"
POLICY = Path("/usr/sbin/policy-rc.d")
FOR_CHECKS = (Need("msgfmt", "gettext", "the check of message catalogues"),)


def provide(needs: tuple[Need, ...]) -> list[str]:
    """Install what is absent, as root on Debian; return what stays left out, and why."""
    absent = missing(needs)
    if absent and os.geteuid() == 0 and shutil.which("apt-get"):
        packages = [need.package for need in absent]
        print(f"Installing {', '.join(packages)} …", flush=True)
        apt_get("update")
        with nothing_started():
            apt_get("install", "-y", "--no-install-recommends", *packages)
        absent = missing(needs)
    return [f"{need.without}: {need.program} is absent (apt-get install {need.package})" for need in absent]


def missing(needs: tuple[Need, ...]) -> list[Need]:
    return [need for need in needs if not shutil.which(need.program, path=PLACES)]


@contextmanager
def nothing_started() -> Iterator[None]:
    """Programs are wanted, not their services: ClamAV's would download its signatures, which no test needs.

    https://people.debian.org/~hmh/invokerc.d-policyrc.d-specification.txt
    """
    if POLICY.exists():  # the machine has its own
        yield
        return
    POLICY.write_text("#!/bin/sh\nexit 101\n")
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink()


def apt_get(*arguments: str) -> None:
    without_questions = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "-qq", *arguments], env=without_questions, stdout=subprocess.DEVNULL, check=False)
