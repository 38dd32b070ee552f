"""The order of the floors also holds where the import contracts do not look."""

import ast
import re
import tomllib

from django.apps import apps
from django.template.backends.django import get_installed_libraries

from house.environment import ROOT
from tests.house import files

NAMES_A_TEMPLATE = re.compile(r"""{%\s*(?:extends|include)\s+["']([^"']+)["']""")
LOADS = re.compile(r"{%\s*load\s+([^%]+?)\s*%}")


def floors() -> list[set[str]]:
    """From the roof down, as the contract of the imports has them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    [contract] = [each for each in settings["tool"]["importlinter"]["contracts"] if each["id"] == "floors"]
    return [{room.strip(" ()") for room in layer.split("|")} for layer in contract["layers"]]


def may_use(upper: str, lower: str) -> bool:
    if upper == lower:
        return True
    level = {room: number for number, floor in enumerate(floors()) for room in floor}
    return level[upper] < level[lower]


def test_the_order_is_the_one_of_the_house():
    assert may_use("accounts", "people")
    assert not may_use("people", "accounts")
    assert not may_use("household", "register")


def test_a_table_refers_to_tables_below():
    wrong = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models()
        if model.__module__.startswith("xpassfam.")
        for field in model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and field.related_model
        and field.related_model.__module__.startswith("xpassfam.")
        and not may_use(model._meta.app_label, field.related_model._meta.app_label)
    ]

    assert wrong == []


def test_a_template_extends_includes_and_loads_what_lies_below():
    libraries = get_installed_libraries()
    wrong = []
    for path in files.templates():
        used = {name.split("/")[0] for name in NAMES_A_TEMPLATE.findall(files.text(path))}
        for names in LOADS.findall(files.text(path)):
            origins = (libraries.get(name, "") for name in names.split())
            used |= {origin.split(".")[1] for origin in origins if origin.startswith("xpassfam.")}
        wrong += [
            f"{files.place(path)} → {room}"
            for room in used & set(files.rooms())
            if not may_use(files.room_of(path), room)
        ]

    assert wrong == []


def test_a_view_renders_templates_of_its_own_room_or_below():
    wrong = [
        f"{files.place(path, node.lineno)} → {node.value}"
        for path in files.python("xpassfam")
        for node in ast.walk(files.tree(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"[a-z_]+/[\w/.-]+\.(html|txt)", node.value)
        and (room := node.value.split("/")[0]) in files.rooms()
        and not may_use(files.room_of(path), room)
    ]

    assert wrong == []
