"""The project's own Python, whatever the shell was told."""

import os
import subprocess
import sys

from house.environment import DEVELOPMENT, ROOT

SAYS = "import sys; print(sys.dont_write_bytecode)"
ENTERS = f"from house import environment as e; e.enter('timeit', {DEVELOPMENT!r}, ['-n1', '-r1', {SAYS!r}])"


def test_what_is_compiled_once_is_kept():
    surroundings = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", ENTERS]
    told = subprocess.run(command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, text=True, check=True)

    assert told.stdout.startswith("False")
