"""Any definition that the schema lets pass is rendered, validated, kept and read again."""

import json

from django.template.loader import render_to_string
from hypothesis import HealthCheck, given, settings

from tests.procedures.definitions import FACTS, definitions, holds
from xpassfam.procedures.answers import check, kept, pieces_asked, summary
from xpassfam.procedures.forms import section_form, typed
from xpassfam.procedures.language import Definition, build, dump, load

FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def loaded(tree):
    return load(json.dumps(tree, ensure_ascii=False, indent=1))  # which is YAML too


@FEW
@given(definitions())
def test_it_is_written_and_read_back_the_same(drawn):
    definition = loaded(drawn[0])
    kept_tree = json.loads(json.dumps(dump(definition)))

    assert build(Definition, kept_tree) == definition
    assert loaded(kept_tree) == definition


@FEW
@given(definitions())
def test_each_page_is_drawn_blank_filled_in_and_refused_and_nothing_of_it_is_markup(drawn):
    tree, answers = drawn
    definition = loaded(tree)
    for section in definition.sections:
        for data in (None, {}, typed(section, answers)):
            form = section_form(definition, section, FACTS, answers, data)
            page = render_to_string("procedures/form/section.html", {"form": form})

            assert "<b>gras" not in page
            assert page.count('name="csrf') == 0


@FEW
@given(definitions())
def test_right_answers_are_kept_as_they_are_and_may_be_sent(drawn):
    tree, answers = drawn
    definition = loaded(tree)
    known = {}
    asked = [section["key"] for section in tree["sections"] if holds(section.get("condition"), answers)]
    for section in map(definition.section, asked):
        form = section_form(definition, section, FACTS, known, typed(section, answers))
        assert form.is_valid(), (form.errors, form.news)
        known |= form.answers_given()

    assert known == answers
    assert kept(definition, answers, FACTS) == answers
    assert check(definition, json.loads(json.dumps(answers)), FACTS) == ()
    expected = [one["key"] for one in tree.get("pieces", []) if holds(one.get("condition"), answers)]
    assert [one.key for one in pieces_asked(definition, answers, FACTS)] == expected


@FEW
@given(definitions())
def test_the_summary_has_a_line_for_each_question_asked_and_words_for_each_answer(drawn):
    tree, answers = drawn
    rows = [row for section in summary(loaded(tree), answers, FACTS) for row in section.rows]

    assert {row.key for row in rows} >= set(answers)
    assert all(bool(row.text) == (row.key in answers) for row in rows)


@FEW
@given(definitions())
def test_a_required_answer_that_is_missing_is_named_where_it_is(drawn):
    tree, _answers = drawn
    required = {
        one["key"]
        for section in tree["sections"]
        for one in section["fields"]
        if holds(section.get("condition"), {}) and holds(one.get("condition"), {})
        if "optional" not in one and one["type"] != "explanation"
    }

    assert {problem.field for problem in check(loaded(tree), {}, FACTS)} == required
