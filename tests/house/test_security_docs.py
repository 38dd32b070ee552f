"""docs/security/ says what is true: each test that it names is there, each requirement of its list has a verdict."""

import ast
import re

import pytest
import yaml

from house.environment import ROOT
from tests.house import files

SECURITY = ROOT / "docs" / "security"
# OWASP ASVS 5.0.0, levels 1 and 2 of the chapters that we answer for: the last figure of each number, by section.
NUMBERS = {
    "V3.2": (1, 2), "V3.3": (1, 2, 3, 4), "V3.4": (1, 2, 3, 4, 5, 6), "V3.5": (1, 2, 3, 4, 5), "V3.7": (1, 2),
    "V6.1": (1, 2, 3), "V6.2": tuple(range(1, 13)), "V6.3": (1, 2, 3, 4), "V6.4": (1, 2, 3, 4),
    "V6.5": (1, 2, 3, 4, 5), "V6.6": (1, 2, 3), "V6.8": (1, 2, 3, 4),
    "V7.1": (1, 2, 3), "V7.2": (1, 2, 3, 4), "V7.3": (1, 2), "V7.4": (1, 2, 3, 4, 5), "V7.5": (1, 2), "V7.6": (1, 2),
    "V8.1": (1, 2), "V8.2": (1, 2, 3), "V8.3": (1,), "V8.4": (1,),
}  # fmt: skip
# What the owner of the project knows and accepts. A new one is asked of them before it is written here.
NOT_MET = {"V6.2.5", "V6.2.8", "V6.3.3", "V6.5.5"}
NAMED = re.compile(r"tests/[\w/]+\.py(?:::\w+)?")
PLACE = re.compile(r"(?:docs|xpassfam|examples)/[\w./-]+\.\w+")


@pytest.fixture(scope="module")
def requirements():
    return yaml.safe_load((SECURITY / "asvs.yaml").read_text(encoding="utf-8"))


def is_there(named: str) -> bool:
    """`path::function`: a test that would run."""
    place, _, function = named.partition("::")
    path = ROOT / place
    if not function or not function.startswith("test_") or not path.is_file():
        return False
    return any(isinstance(node, ast.FunctionDef) and node.name == function for node in files.tree(path).body)


def texts():
    return [path for path in files.followed() if path.is_relative_to(SECURITY)]


def test_every_test_that_is_named_is_there():
    named = [(path.name, name) for path in texts() for name in NAMED.findall(files.text(path))]
    assert len(named) > 100
    assert [told for told in named if "::" in told[1] and not is_there(told[1])] == []
    assert [told for told in named if not (ROOT / told[1].partition("::")[0]).is_file()] == []


def test_the_guard_sees_a_test_that_is_not_there():
    assert is_there("tests/house/test_security_docs.py::test_the_guard_sees_a_test_that_is_not_there")
    assert not is_there("tests/house/test_security_docs.py::test_nothing_of_the_kind")
    assert not is_there("tests/house/test_security_docs.py::is_there")
    assert not is_there("tests/house/test_no_such_file.py::test_x")


def test_every_file_that_is_pointed_at_is_there():
    pointed = {place for path in texts() for place in PLACE.findall(files.text(path))}
    assert sorted(place for place in pointed if not (ROOT / place).is_file()) == []


def test_every_requirement_has_its_verdict_once(requirements):
    asked = [f"{section}.{last}" for section, lasts in NUMBERS.items() for last in lasts]
    assert len(asked) == 79
    assert [requirement["number"] for requirement in requirements] == asked


def test_what_is_met_names_its_tests_and_what_is_not_says_why(requirements):
    for requirement in requirements:
        number = requirement["number"]
        assert set(requirement) <= {"number", "level", "asks", "verdict", "tests", "why"}, number
        assert requirement["level"] in (1, 2), number
        assert 2 <= len(requirement["asks"].split()) <= 12, number
        assert requirement["verdict"] in ("met", "not applicable", "not met"), number
        if requirement["verdict"] == "met":
            assert requirement["tests"], number
        else:
            assert len(requirement["why"].split()) >= 8, number
        assert all(is_there(named) for named in requirement.get("tests", [])), number


def test_nothing_more_is_left_not_met(requirements):
    assert {one["number"] for one in requirements if one["verdict"] == "not met"} == NOT_MET


def test_every_threat_has_a_counter_measure_what_remains_and_a_test():
    threats = re.split(r"^## ", files.text(SECURITY / "threats.md"), flags=re.MULTILINE)[1:]
    assert len(threats) >= 24
    for threat in threats:
        title = threat.splitlines()[0]
        for part in ("**What we do.**", "**What remains.**", "**Tests.**"):
            assert part in threat, f"{title}: {part}"
        assert any(is_there(named) for named in NAMED.findall(threat)), title
