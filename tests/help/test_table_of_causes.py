"""The table of causes is honest: every test it names exists."""

import ast
import re

from house.environment import ROOT

TABLE = (ROOT / "docs" / "sign-in-trouble.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TABLE)
ROWS = [line for line in TABLE.splitlines() if line.startswith("| ") and not line.startswith("| cause")]
# What S-40 asks to be played in a browser.
CAUSES = (
    "cookies refused",
    "JavaScript off",
    "clock wrong",
    "stale CSRF",
    "not activated",
    "blocked by",
    "maintenance",
    "database down",
)


def test_every_row_names_a_test_that_exists():
    assert len(NAMED) == len(ROWS)
    for place, name in NAMED:
        tree = ast.parse((ROOT / place).read_text(encoding="utf-8"))
        assert name in [one.name for one in tree.body if isinstance(one, ast.FunctionDef)], f"{place}::{name}"


def test_every_cause_asked_for_has_its_row_played_in_a_browser():
    for cause in CAUSES:
        [row] = [line for line in ROWS if cause in line]
        assert "tests/journeys/" in row
