"""What commands write is for the portal's user alone, even before the first start."""

import os
import stat
import subprocess
import sys
from pathlib import Path

MANAGE = Path(__file__).parents[2] / "manage.py"


def test_a_file_that_a_command_makes_is_read_by_nobody_else(tmp_path):
    made = tmp_path / "made"
    command = [sys.executable, str(MANAGE), "shell", "-v0", "-c", f"open({str(made)!r}, 'w').close()"]
    subprocess.run(command, env=os.environ | {"XPASSFAM_VAR": str(tmp_path)}, umask=0o022, check=True)
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
