"""The benchmarks run on the portal of today; a quick run judges nothing. And their judge sees what it should."""

import random
import subprocess
import sys

import pytest

from benchmarks.comparing import compare
from tests.portal import ROOT


@pytest.mark.django_db(transaction=True)
def test_every_subject_gives_its_figures(portal):
    surroundings = portal.env | {"DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings", "TRUSTED_PROXIES": "1"}
    subjects = [
        "queries",
        "costs",
        "history",
        "search",
        "queue",
        "rights",
        "sign-in",
        "dashboard",
        "downloads",
        "timing",
        "import",
    ]

    ended = subprocess.run(
        [sys.executable, "-m", "benchmarks.measuring", "--quick", *subjects],
        cwd=ROOT,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 0, ended.stderr
    assert [name for name in subjects if f"  {name}  " not in ended.stdout] == []


def waits(*, gap: float = 0, share: float = 0, seed: int) -> list[float]:
    """Two hundred answers of a busy machine, in ms: most near the fastest, some very late."""
    dice = random.Random(seed)
    return [(20 + dice.expovariate(1 / 3)) * (1 + share) + gap for _ in range(200)]


def test_equal_waits_are_no_gap():
    assert not compare(waits(seed=1), waits(seed=2)).is_red


@pytest.mark.parametrize("leak", [{"gap": 2.6}, {"gap": -2.6}, {"share": 0.1}, {"gap": 20}])
def test_a_wait_that_tells_is_red(leak):
    assert compare(waits(seed=1), waits(seed=2, **leak)).is_red


def test_a_gap_too_small_to_be_used_is_not_red():
    assert not compare(waits(seed=1), waits(seed=1, gap=0.5)).is_red
