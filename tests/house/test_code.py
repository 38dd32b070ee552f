"""Habits of the code that no linter watches."""

import ast
import re

import pytest

from tests.house import files

LONGEST = 300
# Written apart, so that this file is not one of those it looks for.
UNFINISHED = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")) + r")\b")
PLACE_OF_A_MACHINE = re.compile(r"(?<![\w.:/])/(work|farm|root|home|Users|tmp/wt)/[A-Za-z]")
PIPELINE = "xpassfam/accounts/pipeline.py"


def test_no_file_is_long():
    long = [
        f"{files.place(path)}: {count}"
        for path in files.python("xpassfam", "house", "tests")
        if "migrations" not in path.parts
        and (count := sum(1 for line in files.text(path).splitlines() if line.strip()[:1] not in ("", "#"))) > LONGEST
    ]

    assert long == []


def test_nothing_is_left_for_later_in_a_comment():
    assert files.lines_with(UNFINISHED, files.python("xpassfam", "house", "tests")) == []


def test_no_file_names_a_place_of_a_machine():
    texts = [path for path in files.followed() if path.suffix in files.TEXT]

    assert files.lines_with(PLACE_OF_A_MACHINE, texts) == []


@pytest.mark.parametrize("room", files.rooms())
def test_a_room_says_what_it_is_for(room):
    assert ast.get_docstring(files.tree(files.PORTAL / room / "__init__.py"))


def test_only_the_pipeline_opens_a_session():
    wrong = [
        files.place(path, node.lineno)
        for path in files.python("xpassfam")
        if files.place(path) != PIPELINE
        for node in ast.walk(files.tree(path))
        if (isinstance(node, ast.ImportFrom) and node.module == "django.contrib.auth" and _brings_login(node))
        or (isinstance(node, ast.Attribute) and node.attr in ("login", "alogin") and _ends_with_auth(node.value))
    ]

    assert wrong == []


def _brings_login(node: ast.ImportFrom) -> bool:
    return any(name.name in ("login", "alogin") for name in node.names)


def _ends_with_auth(node: ast.expr) -> bool:
    return (isinstance(node, ast.Name) and node.id == "auth") or (
        isinstance(node, ast.Attribute) and node.attr == "auth"
    )


def test_views_say_in_their_name_for_whom_they_are():
    """Other guards, and the import contract of views, know them by these names."""
    known = re.compile(r"(^|/)((family|public|agent)_views(\.py$|/)|config/views\.py$)")
    others = [files.place(path) for path in files.python("xpassfam") if "views" in files.place(path)]

    assert [place for place in others if not known.search(place)] == []


def test_family_views_fetch_through_the_viewer():
    """`Model.objects.visible_to(access)`, never everything nor anybody's."""
    wrong = []
    for path in files.python("xpassfam"):
        if "family_views" not in path.as_posix():
            continue
        for node in ast.walk(files.tree(path)):
            bare = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _is_bare_query(node.func)
            if bare or (isinstance(node, ast.Call) and _fetches_from_a_class(node)):
                wrong.append(files.place(path, node.lineno))

    assert wrong == []


def _is_bare_query(called: ast.Attribute) -> bool:
    source = called.value
    from_manager = isinstance(source, ast.Attribute) and source.attr in ("objects", "_default_manager")
    return from_manager and called.attr not in ("visible_to", "none")


def _fetches_from_a_class(call: ast.Call) -> bool:
    shortcut = isinstance(call.func, ast.Name) and call.func.id in ("get_object_or_404", "get_list_or_404")
    return shortcut and bool(call.args) and isinstance(call.args[0], ast.Name) and call.args[0].id[:1].isupper()


def test_settings_are_read_in_one_place():
    read_elsewhere = [
        files.place(path, node.lineno)
        for path in files.python("xpassfam")
        if files.place(path) not in ("xpassfam/config/env.py", "xpassfam/config/wsgi.py")
        for node in ast.walk(files.tree(path))
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
    ]

    assert read_elsewhere == []


def test_a_migration_is_named_for_its_purpose():
    unnamed = [files.place(path) for path in files.python("xpassfam") if re.match(r"\d{4}_auto", path.name)]

    assert unnamed == []


def test_a_migration_follows_the_one_before():
    for room in files.rooms():
        numbers = [int(path.name[:4]) for path in sorted((files.PORTAL / room / "migrations").glob("0*.py"))]
        assert numbers == list(range(1, len(numbers) + 1)), room
