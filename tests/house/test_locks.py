"""What is asked for in pyproject.toml and what is locked agree; a lock names no place to fetch from."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from house.environment import DEVELOPMENT, ROOT, RUNTIME

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LINE = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;]+)", re.MULTILINE)
ASKED = {
    RUNTIME: PROJECT["project"]["dependencies"],
    DEVELOPMENT: PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"],
}


def locked(name: str) -> dict[str, str]:
    lines = LINE.findall((ROOT / name).read_text(encoding="utf-8"))
    return {canonicalize_name(package): version for package, version in lines}


@pytest.mark.parametrize(
    ("lock", "asked"), [(lock, asked) for lock, requirements in ASKED.items() for asked in requirements]
)
def test_what_is_asked_for_is_locked(lock, asked):
    requirement = Requirement(asked)

    assert requirement.specifier.contains(locked(lock).get(canonicalize_name(requirement.name), "0"))


def test_tests_run_on_the_packages_that_serve():
    development = locked(DEVELOPMENT)

    assert {name: development.get(name) for name in locked(RUNTIME)} == locked(RUNTIME)


@pytest.mark.parametrize("lock", ASKED)
def test_every_package_has_its_hashes_and_no_address(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")

    assert "://" not in text
    assert all("--hash=sha256:" in entry for entry in re.split(r"\n(?=[a-z])", text) if "==" in entry)
