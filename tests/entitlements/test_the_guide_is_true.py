"""What the guide for organisations shows can be published, and names all that exists."""

import json
import re

import pytest

from house.environment import ROOT
from xpassfam.entitlements import linting
from xpassfam.entitlements.language import Audience, Opening, Period, Unit, load_right, load_vocabulary
from xpassfam.entitlements.language.loading import RIGHT_SCHEMA, VOCABULARY_SCHEMA
from xpassfam.entitlements.language.meaning import PLACEHOLDERS
from xpassfam.entitlements.language.model import (
    Amount,
    Bracket,
    Case,
    CaseChild,
    Notion,
    Right,
    Step,
    Texts,
    Vocabulary,
)
from xpassfam.entitlements.trying import failures
from xpassfam.entitlements.wording.facts import CODES
from xpassfam.rules.criteria import OF_RIGHTS
from xpassfam.rules.criteria.atoms import ACTIVITIES, ROLES, WITHIN

GUIDE = (ROOT / "docs" / "operate" / "entitlements.md").read_text(encoding="utf-8")
RIGHT, SHARED = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
TREES = [json.loads(path.read_text(encoding="utf-8")) for path in (RIGHT_SCHEMA, VOCABULARY_SCHEMA)]


def test_its_examples_can_be_published():
    vocabulary = load_vocabulary(SHARED)
    right = load_right(RIGHT, vocabulary)

    assert failures(right, vocabulary) == ()
    assert list(linting.of_right(right, vocabulary, profile="cse")) == []
    assert list(linting.of_vocabulary(vocabulary, profile="cse")) == []


@pytest.mark.parametrize(
    "names",
    [Audience, Opening, Period, Unit, OF_RIGHTS.names, CODES.values(), PLACEHOLDERS, ACTIVITIES, ROLES, WITHIN],
)
def test_it_names_all_that_may_be_written(names):
    assert [str(name) for name in names if not re.search(rf"\b{name}\b", GUIDE)] == []


@pytest.mark.parametrize("kind", [Right, Amount, Step, Texts, Case, CaseChild, Vocabulary, Bracket, Notion])
def test_it_names_every_key(kind):
    assert [name for name in kind.__dataclass_fields__ if not re.search(rf"\b{name}\b", GUIDE)] == []


def test_the_schemas_have_what_the_language_has():
    right, shared = (tree["properties"] for tree in TREES)
    case = right["cases"]["items"]["properties"]
    for kind, properties in (
        (Right, right),
        (Amount, right["amount"]["properties"]),
        (Step, right["amount"]["properties"]["steps"]["items"]["properties"]),
        (Texts, right["texts"]["properties"]),
        (Case, case),
        (CaseChild, case["children"]["items"]["properties"]),
        (Vocabulary, shared),
        (Bracket, shared["brackets"]["items"]["properties"]),
        (Notion, shared["notions"]["items"]["properties"]),
    ):
        assert set(properties) == set(kind.__dataclass_fields__), kind
    for kind, name in ((Audience, "audience"), (Opening, "opening"), (Period, "period")):
        assert right[name]["enum"] == [str(one) for one in kind]
    assert right["amount"]["properties"]["unit"]["enum"] == [str(one) for one in Unit]
