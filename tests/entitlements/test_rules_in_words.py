"""What a condition asks, as people say it."""

import pytest

from tests.entitlements.texts import VOCABULARY, changed, right
from xpassfam.entitlements.wording.rules import rule_in_words

AGE = "{age: {at_least: 6, at_most: 17}}"


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("{age: {at_most: 19}}", "19 ans au plus"),
        ("{age: {at_least: 1, at_most: 1}}", "1 an"),
        ("{age: {at_least: 6, at_most: 18, on: 12-31}}", "6 à 18 ans au 31 décembre"),
        ("{children: {at_least: 1}}", "1 enfant au moins au foyer"),
        ("{children: {at_least: 3, age_at_most: 17}}", "3 enfants au moins, de 17 ans au plus"),
        ("{adults: {at_most: 2}}", "2 adultes au plus au foyer"),
        (
            "{count: {at_least: 3, that: {age: {at_most: 17}}}}",
            "3 personnes du foyer au moins pour qui : 17 ans au plus",
        ),
    ],
)
def test_what_is_counted_stands_beside_its_number(condition, said):
    criterion = right(changed(AGE, condition)).criterion.parts[0]

    assert rule_in_words(criterion, VOCABULARY).replace("\u00a0", " ") == said
