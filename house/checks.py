"""What must hold of the code, then the tests; all of it runs, and one failure fails the whole."""

import os
import secrets
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field

from house import debian
from house.environment import PYTHON, ROOT

MANAGE = [str(PYTHON), "manage.py"]


def tool(name: str) -> str:
    return str(PYTHON.with_name(name))


@dataclass(frozen=True)
class Step:
    name: str
    commands: list[list[str]]
    surroundings: dict[str, str] = field(default_factory=dict)


# Good settings: what is judged is the portal, not the place.
PRODUCTION = {
    "XPASSFAM_MODE": "production",
    "BASE_URL": "https://moncompte.example.org",
    "SECRET_KEY": secrets.token_urlsafe(48),
    "XPASSFAM_FILE_KEY": secrets.token_urlsafe(48),
    "SMTP_URL": "smtp+starttls://mail.example.org",
}

STEPS = [
    Step("formatting", [[tool("ruff"), "format", "--check", "."]]),
    Step("lint", [[tool("ruff"), "check", "."]]),
    Step("types", [[tool("mypy")]]),
    Step("imports", [[tool("lint-imports"), "--no-logo"]]),
    Step("templates", [[tool("djlint"), "xpassfam", "--lint", "--quiet"]]),
    Step("migrations", [[*MANAGE, "makemigrations", "--check", "--dry-run"]]),
    Step("messages", [[str(PYTHON), "-m", "house.catalogues"]]),
    Step(
        "production",
        [
            [*MANAGE, "migrate", "--verbosity=0"],
            [*MANAGE, "configure_organisation", "examples/organisations/solidarite-familles-estuaire.toml"],
            [*MANAGE, "check", "--deploy", "--fail-level=WARNING", "--database=default"],
        ],
        PRODUCTION,
    ),
]


def main() -> None:
    failed = debian.provide(debian.FOR_CHECKS)
    for step in STEPS:
        if not passes(step):
            failed.append(step.name)
    print("\n── tests", flush=True)
    if subprocess.run([str(ROOT / "test")], check=False).returncode:
        failed.append("tests")
    if failed:
        sys.exit(f"\nFailed: {', '.join(failed)}")


def passes(step: Step) -> bool:
    print(f"── {step.name}", end=" ", flush=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="xpassfam-") as var:
        surroundings = os.environ | {"XPASSFAM_VAR": var} | step.surroundings
        for command in step.commands:
            run = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)
            if run.returncode:
                print(f"FAILED\n{run.stdout}{run.stderr}", flush=True)
                return False
    print(f"ok ({time.monotonic() - began:.1f} s)", flush=True)
    return True


if __name__ == "__main__":
    main()
