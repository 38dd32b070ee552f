"""A definition may ask the other parent of a child online, and only of what shares a residence."""

import pytest

from xpassfam.procedures import shipped
from xpassfam.procedures.language import Refused, load
from xpassfam.rules.time_limits import Delay, Unit

[D06] = [path.read_text(encoding="utf-8") for path in shipped.files() if path.name.startswith("d06")]


def test_it_says_how_long_the_other_parent_is_given():
    agreement = load(D06).agreement

    assert agreement
    assert agreement.delay == Delay(7, Unit.DAYS)


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("name: share_residence", "name: use_right", "« agreement » demande l’accord de l’autre parent"),
        (
            "agreement:\n  condition: {answer: {field: proof",
            "agreement:\n  condition: {answer: {field: x",
            "pas une question",
        ),
    ],
)
def test_what_it_leans_on_is_there(before, after, why):
    assert before in D06
    with pytest.raises(Refused) as refusal:
        load(D06.replace(before, after))

    told = " ".join(problem.text for problem in refusal.value.problems)
    assert why in told.replace("\u00a0", " ")
