"""`manage.py load_entitlements` publishes what is shipped, or files, and tells mistakes by line."""

import io

import pytest
from django.core.management import CommandError, call_command

from tests.entitlements.texts import SUMMER, VOCABULARY_TEXT, changed
from xpassfam.entitlements.models import Version

pytestmark = pytest.mark.django_db


def load(*files, **options):
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("load_entitlements", *map(str, files), stdout=out, stderr=err, **options)
    except CommandError as error:
        err.write(str(error))
    return out.getvalue(), err.getvalue()


@pytest.fixture
def file(tmp_path):
    def write(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_without_a_file_what_is_shipped_is_published_once():
    out, err = load()
    assert (err, out.count("version 1")) == ("", 13)

    load()
    assert set(Version.objects.values_list("number", flat=True)) == {1}


def test_what_rules_share_comes_first_in_whatever_order(file):
    out, err = load(file("a.yaml", SUMMER), file("z.yaml", VOCABULARY_TEXT))

    assert err == ""
    assert out.splitlines() == ["z.yaml: VOC, version 1", "a.yaml: R20, version 1"]


def test_a_right_alone_needs_what_rules_share(file):
    _out, err = load(file("a.yaml", SUMMER))

    assert "vocabulary.yaml" in err


def test_mistakes_are_told_by_line_and_hold_no_other_file_back(file):
    good, wrong = file("b.yaml", SUMMER), file("c.yaml", changed("audience: child", "audience: dog"))
    out, err = load(file("a.yaml", VOCABULARY_TEXT), wrong, good)

    assert "c.yaml:7: " in err
    assert "b.yaml: R20, version 1" in out


def test_a_case_that_fails_is_told_with_what_came_out(file):
    _out, err = load(file("a.yaml", VOCABULARY_TEXT), file("b.yaml", changed("amount: 60", "amount: 61")))

    assert "Neuf ans" in err
    assert "attendu oui, 61, obtenu oui, 60" in err


def test_a_dry_run_publishes_nothing(file):
    out, _err = load(dry_run=True)

    assert out.count("version 1") == 13
    assert not Version.objects.exists()
