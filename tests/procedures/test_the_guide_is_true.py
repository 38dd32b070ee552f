"""What the guide for organisations shows can be loaded, and names all that exists."""

import json
import re

from house.environment import ROOT
from tests.procedures.definitions import FACTS
from xpassfam.procedures.eligibility import standing
from xpassfam.procedures.language import SCHEMA, Type, load
from xpassfam.procedures.language.known_effects import EFFECTS
from xpassfam.procedures.language.model import Category, Decision, Definition, Field, LifeEvent, Piece, Section
from xpassfam.rules.criteria.reading import OF_FORMS, OPERANDS

GUIDE = (ROOT / "docs" / "operate" / "procedures.md").read_text(encoding="utf-8")
TREE = json.loads(SCHEMA.read_text(encoding="utf-8"))


def test_its_example_is_a_definition():
    [example] = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)

    assert "Aucun enfant de 17 à 25" in standing(load(example), FACTS).why_not


def test_it_names_every_type_effect_and_condition():
    for names in (Type, EFFECTS, OF_FORMS.names, OPERANDS, LifeEvent, Category):
        assert [str(name) for name in names if not re.search(rf"\b{name}\b", GUIDE)] == []


def test_the_schema_has_what_the_language_has():
    parts = TREE["$defs"]

    assert parts["field"]["properties"]["type"]["enum"] == [str(one) for one in Type]
    assert TREE["properties"]["category"]["enum"] == [str(one) for one in Category]
    assert TREE["properties"]["decision"]["enum"] == [str(one) for one in Decision]
    assert TREE["properties"]["life_events"]["items"]["enum"] == [str(one) for one in LifeEvent]
    assert set(parts["condition"]["properties"]) == {"all", "any", "not", *OF_FORMS.names}
    for kind, schema in (
        (Definition, TREE),
        (Field, parts["field"]),
        (Section, parts["section"]),
        (Piece, parts["piece"]),
    ):
        assert set(schema["properties"]) == set(kind.__dataclass_fields__)
