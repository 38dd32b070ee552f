"""Whatever an administrator writes: what is published answers every family, and what can't is refused by its line."""

import pytest
from django.utils import timezone

from tests.entitlements.texts import SUMMER, VOCABULARY_TEXT, changed
from xpassfam.entitlements.checking import check_right, check_vocabulary
from xpassfam.entitlements.language import Refused

YES = "{prénom} reçoit {montant} €."
CHARGE = "{prénom} est à votre charge."


@pytest.fixture(autouse=True)
def _published(publishing):
    publishing(SUMMER)


def refusal(check, *args, **kwargs):
    with pytest.raises(Refused) as raised:
        check(*args, **kwargs)
    return raised.value.problems[0]


@pytest.mark.parametrize("word", ["{montant:d}", "{n:>99999999}", "{prénom!x}", "{prénom:{n}}"])
def test_a_word_to_replace_is_written_bare(word):
    problem = refusal(check_right, changed("{montant}", word), at=timezone.now())

    assert problem.line == 16
    assert "Écrivez seulement" in problem.text


@pytest.mark.parametrize("text", ["{nom} est à votre charge.", "{prénom est à votre charge.", "{prénom:d} est là."])
def test_what_is_said_of_a_notion_names_nothing_but_a_first_name(text):
    problem = refusal(check_vocabulary, changed(CHARGE, text, VOCABULARY_TEXT))

    assert problem.line == 14


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("place", ["on: 2026-11-23", "since: 2026-01-01", "born: 2017-06-18"])
def test_a_day_that_nobody_means_is_refused_by_its_line(place, day):
    name = place.partition(":")[0]
    problem = refusal(check_right, changed(place, f"{name}: {day}"), at=timezone.now())

    assert "date" in problem.text
