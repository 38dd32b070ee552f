"""Programs that tests and checks need beside Python, from Debian's packages."""

import os
import shutil
import subprocess
from dataclasses import dataclass


@dataclass(frozen=True)
class Need:
    program: str
    package: str
    without: str
    """What is left out where it is absent."""


FOR_TESTS = (
    Need("chromium", "chromium", "journeys in Chromium"),
    Need("firefox-esr", "firefox-esr", "journeys in Firefox"),
)
FOR_CHECKS = (Need("msgfmt", "gettext", "the check of message catalogues"),)


def provide(needs: tuple[Need, ...]) -> list[str]:
    """Install what is absent, as root on Debian; return what stays left out, and why."""
    absent = [need for need in needs if not shutil.which(need.program)]
    if absent and os.geteuid() == 0 and shutil.which("apt-get"):
        packages = [need.package for need in absent]
        print(f"Installing {', '.join(packages)} …", flush=True)
        apt_get("update")
        apt_get("install", "-y", "--no-install-recommends", *packages)
        absent = [need for need in needs if not shutil.which(need.program)]
    return [f"{need.without}: {need.program} is absent (apt-get install {need.package})" for need in absent]


def apt_get(*arguments: str) -> None:
    without_questions = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "-qq", *arguments], env=without_questions, stdout=subprocess.DEVNULL, check=False)
