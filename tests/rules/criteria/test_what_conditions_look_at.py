"""Each thing that a condition can look at, as a table of cases."""

from datetime import date

import pytest

from xpassfam.rules.criteria import Situation, Someone, deciding, evaluate, parse

TODAY = date(2026, 11, 23)
PERSONS = {
    "camille": Someone("holder", date(1988, 4, 12)),
    "karim": Someone("partner", date(1986, 9, 3)),
    "ines": Someone("dependent_child", date(2017, 6, 18)),
    "adam": Someone("dependent_child", date(2023, 2, 9)),
    "soizic": Someone("dependent_child", date(2020, 12, 24)),
    "tom": Someone("dependent_child", None),
}


def told(tree, **facts):
    usual = {
        "today": TODAY,
        "me": PERSONS["camille"],
        "persons": PERSONS,
        "bracket": "T3",
        "profile": "asso",
        "acts": frozenset({"view", "requests"}),
    }
    return str(evaluate(parse(tree), Situation(**{**usual, **facts})).truth)


CASES = [
    ({"all": []}, "yes"),
    ({"any": []}, "no"),
    ({"age": {"of": "me", "at_least": 18}}, "yes"),
    ({"age": {"of": "child", "at_least": 6, "at_most": 17}}, "yes"),
    ({"age": {"of": "younger", "at_least": 6}}, "no"),
    ({"age": {"of": "unborn", "at_least": 6}}, "unknown"),
    ({"age": {"of": "stranger", "at_least": 0}}, "unknown"),
    ({"age": {"of": "both", "at_least": 6}}, "no"),
    ({"age": {"of": "soizic", "at_least": 6}}, "no"),
    ({"age": {"of": "soizic", "at_least": 6, "on": "12-31"}}, "yes"),
    ({"age": {"of": "soizic", "at_least": 6, "on": {"answer": "since"}}}, "yes"),
    ({"age": {"of": "soizic", "at_least": 6, "on": {"answer": "nothing"}}}, "unknown"),
    ({"role": ["holder", "partner"]}, "yes"),
    ({"role": {"of": "child", "one_of": ["holder"]}}, "no"),
    ({"children": {"at_least": 4}}, "yes"),
    ({"children": {"at_most": 3}}, "no"),
    ({"children": {"at_least": 1, "age_at_least": 6, "age_at_most": 17}}, "yes"),
    ({"children": {"at_least": 2, "age_at_least": 6, "age_at_most": 17}}, "unknown"),
    ({"children": {"at_least": 3, "age_at_least": 6, "age_at_most": 17}}, "no"),
    ({"children": {"at_least": 2, "at_most": 3, "age_at_least": 6, "on": "12-31"}}, "yes"),
    ({"adults": {"at_most": 1}}, "no"),
    ({"bracket": ["T1", "T2", "T3"]}, "yes"),
    ({"bracket": "T1"}, "no"),
    ({"today": {"from": "06-01", "to": "11-30"}}, "yes"),
    ({"today": {"from": "11-24", "to": "12-31"}}, "no"),
    ({"today": {"from": "11-23", "to": "02-28"}}, "yes"),
    ({"today": {"from": "12-01", "to": "11-22"}}, "no"),
    ({"profile": ["adm", "mut"]}, "no"),
    ({"permission": "requests"}, "yes"),
    ({"permission": "change"}, "no"),
    ({"frozen": False}, "yes"),
    ({"answer": {"field": "kind", "is": "a"}}, "yes"),
    ({"answer": {"field": "kind", "one_of": ["b", "c"]}}, "no"),
    ({"answer": {"field": "several", "is": "b"}}, "yes"),
    ({"answer": {"field": "agrees", "is": True}}, "yes"),
    ({"answer": {"field": "count", "is": True}}, "no"),
    ({"answer": {"field": "agrees", "is": 1}}, "no"),
    ({"answer": {"field": "nothing", "is": "a"}}, "unknown"),
    ({"answer": {"field": "nothing", "filled": False}}, "yes"),
    ({"answer": {"field": "empty", "filled": True}}, "no"),
    ({"answer": {"field": "amount", "at_least": 1200}}, "yes"),
    ({"answer": {"field": "amount", "at_most": 1199}}, "no"),
    ({"answer": {"field": "since", "before": "today"}}, "no"),
    ({"answer": {"field": "since", "after": "today"}}, "yes"),
    ({"answer": {"field": "since", "after": "2027-01-01"}}, "no"),
    ({"answer": {"field": "kind", "before": "today"}}, "unknown"),
]
ANSWERS = {
    "child": "ines",
    "younger": "adam",
    "unborn": "tom",
    "stranger": "nobody",
    "both": ["ines", "adam"],
    "soizic": "soizic",
    "since": "2027-01-01",
    "kind": "a",
    "several": ["b", "c"],
    "agrees": True,
    "count": 1,
    "empty": [],
    "amount": 1200,
}


@pytest.mark.parametrize(("tree", "expected"), CASES, ids=str)
def test_what_each_condition_says(tree, expected):
    assert told(tree, answers=ANSWERS) == expected


def test_a_bracket_that_is_not_known_is_neither_yes_nor_no():
    assert told({"bracket": ["T1"]}, bracket="") == "unknown"
    assert told({"any": [{"bracket": ["T1"]}, {"permission": "view"}]}, bracket="") == "yes"


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2026, 4, 11), "no"), (date(2026, 4, 12), "yes"), (date(2027, 4, 11), "yes"), (date(2027, 4, 12), "no")],
)
def test_an_age_changes_on_the_birthday(day, expected):
    assert told({"age": {"of": "me", "at_least": 38, "at_most": 38}}, today=day) == expected


def test_a_29_february_is_1_march_in_a_common_year():
    born = {"leap": Someone("dependent_child", date(2020, 3, 1))}
    tree = {"age": {"of": "who", "at_least": 6, "on": "02-29"}}

    assert told(tree, persons=born, answers={"who": "leap"}) == "yes"


@pytest.mark.parametrize(
    ("tree", "codes"),
    [
        ({"all": [{"permission": "view"}, {"bracket": "T1"}, {"role": "partner"}]}, ["bracket", "role"]),
        ({"any": [{"bracket": "T1"}, {"adults": {"at_most": 1}}]}, ["bracket", "adults"]),
        ({"all": [{"age": {"of": "unborn", "at_least": 6}}, {"permission": "view"}]}, ["age_unknown"]),
        ({"not": {"role": "holder"}}, ["role"]),
        ({"all": [{"permission": "view"}]}, ["permission"]),
    ],
    ids=str,
)
def test_what_decided_is_named(tree, codes):
    usual = {"today": TODAY, "me": PERSONS["camille"], "persons": PERSONS, "bracket": "T3", "answers": ANSWERS}
    trace = evaluate(parse(tree), Situation(**usual, acts=frozenset({"view"})))

    assert [reason.code for reason in deciding(trace)] == codes
