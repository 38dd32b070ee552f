"""The rules that come with the portal answer as their own cases say."""

import pytest

from xpassfam.entitlements import shipped
from xpassfam.entitlements.language import load_right, load_vocabulary
from xpassfam.entitlements.trying import try_all

VOCABULARY = load_vocabulary(shipped.VOCABULARY.read_text(encoding="utf-8"))
RIGHTS = [load_right(path.read_text(encoding="utf-8"), VOCABULARY) for path in shipped.rights()]
CASES = [(right.code, tried) for right in RIGHTS for tried in try_all(right, VOCABULARY)]


def test_the_twelve_rights_are_there():
    assert [right.code for right in RIGHTS] == [f"R{number:02}" for number in range(1, 13)]


@pytest.mark.parametrize(("code", "tried"), CASES, ids=[f"{code} {tried.case.name}" for code, tried in CASES])
def test_a_case_answers_as_it_says(code, tried):
    assert (tried.judged.verdict, tried.case.amount and tried.amount) == (tried.case.answer, tried.case.amount)


def test_each_right_has_cases():
    assert all(right.cases for right in RIGHTS)
