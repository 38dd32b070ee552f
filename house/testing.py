"""The tests: on SQLite, then on PostgreSQL where a server answers."""

import os
import subprocess
import sys
import tempfile

from house import debian, postgres
from house.environment import PYTHON, ROOT

IN_PARALLEL = ["-n", "2", "--dist", "loadscope"]
# Law, face, guards and browsers: what they show does not change with the database.
NO_DATABASE = ("benchmarks", "house", "journeys", "rules", "ui")
IN_CI = os.environ.get("CI") == "true"


def main() -> None:
    arguments = sys.argv[1:]
    heavy = "--heavy" in arguments
    if heavy:
        arguments.remove("--heavy")
    left_out = debian.provide(debian.FOR_TESTS)
    server, why_not = postgres.find()
    if why_not and not arguments:
        left_out.append(why_not)
    for reason in left_out:
        print(f"Left out: {reason}", flush=True)
    if left_out and IN_CI:
        sys.exit("With CI=true every test must run.")

    chosen = arguments or IN_PARALLEL
    marks = ["-m", ""] if heavy else []
    failed = run_pytest("SQLite", [*marks, *chosen], database_url="")
    if server and (not arguments or "TEST_DATABASE_URL" in os.environ):
        own = postgres.own_database(server, ROOT)
        failed |= run_pytest(
            "PostgreSQL", [*marks, *chosen, *(f"--ignore=tests/{room}" for room in NO_DATABASE)], database_url=own
        )
    sys.exit(failed)


def run_pytest(name: str, arguments: list[str], *, database_url: str) -> int:
    print(f"\n── Tests on {name}", flush=True)
    with tempfile.TemporaryDirectory(prefix="xpassfam-") as var:
        surroundings = os.environ | {"XPASSFAM_VAR": var, "XPASSFAM_MODE": "demo", "DATABASE_URL": database_url}
        return subprocess.run(
            [str(PYTHON), "-m", "pytest", "--no-header", "-rs", *arguments], cwd=ROOT, env=surroundings, check=False
        ).returncode


if __name__ == "__main__":
    main()
