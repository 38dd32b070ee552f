"""A condition that says nothing clear is refused, with the place of each mistake."""

import pytest

from xpassfam.rules.criteria import ALWAYS, Problem, Refused, atoms_of, parse, read_fields


def problems(tree):
    with pytest.raises(Refused) as refusal:
        parse(tree)
    return [(problem.path, problem.code) for problem in refusal.value.problems]


@pytest.mark.parametrize(
    ("tree", "path", "code"),
    [
        (None, (), "one_key"),
        ({}, (), "one_key"),
        ({"role": "holder", "frozen": True}, (), "one_key"),
        ({"seniority": 3}, (), "unknown_condition"),
        ({"all": {"role": "holder"}}, ("all",), "list"),
        ({"age": 6}, ("age",), "map"),
        ({"age": {}}, ("age",), "no_bound"),
        ({"age": {"atleast": 6}}, ("age",), "unknown_key"),
        ({"age": {"at_least": "6"}}, ("age", "at_least"), "number"),
        ({"age": {"at_least": True}}, ("age", "at_least"), "number"),
        ({"age": {"at_least": 10**9}}, ("age", "at_least"), "number"),
        ({"age": {"at_least": 18, "at_most": 6}}, ("age", "at_least"), "bounds_crossed"),
        ({"age": {"at_least": 6, "on": "31-12"}}, ("age", "on"), "day_of_year"),
        ({"age": {"at_least": 6, "on": "02-30"}}, ("age", "on"), "day_of_year"),
        ({"age": {"at_least": 6, "of": "Child"}}, ("age", "of"), "key"),
        ({"children": {"age_at_least": 6}}, ("children",), "no_bound"),
        ({"role": "captain"}, ("role",), "unknown_value"),
        ({"role": []}, ("role",), "empty"),
        ({"role": [["holder"]]}, ("role",), "unknown_value"),
        ({"bracket": "T6"}, ("bracket",), "unknown_value"),
        ({"permission": ["view"]}, ("permission",), "unknown_value"),
        ({"frozen": "yes"}, ("frozen",), "yes_no"),
        ({"today": {"from": "06-01"}}, ("today", "to"), "day_of_year"),
        ({"answer": {"field": "a"}}, ("answer",), "one_operator"),
        ({"answer": {"field": "a", "is": "b", "filled": True}}, ("answer",), "one_operator"),
        ({"answer": {"is": "b"}}, ("answer", "field"), "key"),
        ({"answer": {"field": "a", "one_of": "b"}}, ("answer", "one_of"), "list_of_texts"),
        ({"answer": {"field": "a", "before": "12/31/2026"}}, ("answer", "before"), "date"),
        ({"answer": {"field": "a", "before": "20261231"}}, ("answer", "before"), "date"),
        ({"answer": {"field": "a", "is": None}}, ("answer", "is"), "scalar"),
        ({"answer": {"field": "a", "at_least": 10**30}}, ("answer", "at_least"), "number"),
    ],
    ids=str,
)
def test_a_mistake_has_its_place_and_its_code(tree, path, code):
    assert problems(tree) == [(path, code)]


def test_all_mistakes_are_told_at_once():
    tree = {"all": [{"role": "captain"}, {"frozen": True}, {"any": [{"bracket": "T9"}, {"age": {}}]}]}

    assert problems(tree) == [
        (("all", 0, "role"), "unknown_value"),
        (("all", 2, "any", 0, "bracket"), "unknown_value"),
        (("all", 2, "any", 1, "age"), "no_bound"),
    ]


def test_a_tree_too_deep_is_refused_before_it_is_followed():
    tree = {"frozen": True}
    for _level in range(5000):
        tree = {"not": tree}

    [(_path, code)] = problems(tree)
    assert code == "too_deep"


def test_a_list_too_long_is_refused():
    assert problems({"any": [{"frozen": True}] * 51}) == [(("any",), "too_many")]


def test_what_was_read_is_quoted_short():
    with pytest.raises(Refused) as refusal:
        parse({"role": "x" * 10_000})

    [problem] = refusal.value.problems
    assert problem == Problem(("role",), "unknown_value", "x" * 60)


def test_the_answers_that_a_condition_reads_are_known():
    tree = {
        "all": [
            {"answer": {"field": "kind", "is": "a"}},
            {"not": {"age": {"of": "child", "at_least": 6, "on": {"answer": "since"}}}},
            {"role": {"of": "who", "one_of": ["holder"]}},
            {"role": "holder"},
        ]
    }

    assert read_fields(parse(tree)) == {"kind", "child", "since", "who"}
    assert len(list(atoms_of(parse(tree)))) == 4
    assert read_fields(ALWAYS) == frozenset()
