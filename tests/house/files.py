"""The files of the project, as its guards read them."""

import ast
import subprocess
from functools import cache
from pathlib import Path

from house.environment import ROOT

PORTAL = ROOT / "xpassfam"
TEXT = {".py", ".md", ".toml", ".html", ".txt", ".css", ".js", ".mjs", ".json", ".csv", ".yaml", ".yml", ".svg", ""}


@cache
def followed() -> list[Path]:
    """Every file that git follows or would follow, as it stands."""
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return sorted(path for name in names.split("\0") if name and (path := ROOT / name).is_file())


def python(*tops: str) -> list[Path]:
    return [path for path in followed() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in tops]


def templates() -> list[Path]:
    return [path for path in followed() if "templates" in path.parts and path.is_relative_to(PORTAL)]


def template_name(path: Path) -> str:
    return path.as_posix().rpartition("/templates/")[2]


def room_of(path: Path) -> str:
    return path.relative_to(PORTAL).parts[0]


@cache
def rooms() -> list[str]:
    return sorted(path.parent.name for path in PORTAL.glob("*/__init__.py"))


@cache
def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(text(path))


def place(path: Path, line: int = 0) -> str:
    where = path.relative_to(ROOT).as_posix()
    return f"{where}:{line}" if line else where


def lines_with(pattern, paths) -> list[str]:
    """Where a pattern occurs: `file:line`."""
    return [
        place(path, number)
        for path in paths
        if pattern.search(text(path))
        for number, line in enumerate(text(path).splitlines(), 1)
        if pattern.search(line)
    ]
