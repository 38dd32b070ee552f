"""A rule is published as a version that never changes, once its cases hold and nothing in it is refused."""

from datetime import date

import pytest
from django.utils import timezone

from tests.entitlements.conftest import THIERRY
from tests.entitlements.texts import SUMMER, VOCABULARY_TEXT, changed
from xpassfam.entitlements.actions import close_right, publish_vocabulary
from xpassfam.entitlements.actions.publishing import CasesFail
from xpassfam.entitlements.language import Refused
from xpassfam.entitlements.models import Version
from xpassfam.entitlements.published import rules_on
from xpassfam.journal.models import Line
from xpassfam.journal.reading import sentence

LATER = changed("since: 2026-01-01", "since: 2027-01-01", changed("T1: 100", "T1: 110"))


def amounts_on(day):
    return dict(rules_on(day).rule("R20").right.amount.by_bracket)


def test_a_question_about_a_past_day_gets_the_rule_of_that_day(publishing):
    publishing(SUMMER)
    publishing(LATER)

    assert amounts_on(date(2026, 12, 31)) == {"T1": 100, "T2": 60}
    assert amounts_on(date(2027, 1, 1)) == {"T1": 110, "T2": 60}


def test_the_same_text_again_is_no_new_version(publishing):
    assert publishing(SUMMER) == publishing(SUMMER)


def test_a_case_that_fails_keeps_the_rule_from_being_published(publishing):
    with pytest.raises(CasesFail) as refusal:
        publishing(changed("amount: 60", "amount: 61"))

    assert [one.case.name for one in refusal.value.failures] == ["Neuf ans"]
    assert not Version.objects.filter(code="R20").exists()


def test_what_reading_over_refuses_is_told_at_its_line(publishing):
    dead = changed("    - {bracket: [T1, T2]}", "    - {bracket: [T1, T2]}\n    - {age: {at_least: 18}}")
    with pytest.raises(Refused) as refusal:
        publishing(dead)

    [problem] = refusal.value.problems
    assert (problem.line, "Personne ne peut" in problem.text) == (9, True)


def test_advice_does_not_hold_a_rule_back(publishing):
    assert publishing(changed("dépasse 900 €", "dépasse 901 €")).number == 1
    assert publishing(changed("dépasse 900 €", "dépasse 850 €")).number == 2


def test_a_right_is_closed_from_a_day_on(publishing):
    publishing(SUMMER)
    close_right("R20", since=date(2027, 7, 1), by=THIERRY, at=timezone.now())

    assert [one.right.code for one in rules_on(date(2027, 6, 30)).rules] == ["R20"]
    assert rules_on(date(2027, 7, 1)).rules == ()
    [line] = Line.objects.filter(kind="entitlements.closed")
    assert "R20" in sentence(line)
    assert "1er\u00a0juillet 2027" in sentence(line).replace("1er juillet", "1er\u00a0juillet")


def test_a_vocabulary_that_leaves_a_right_without_meaning_is_refused(publishing):
    publishing(SUMMER)
    fewer = "since: 2027-01-01\nlaw: Règlement\nbrackets:\n  - {name: T1, above: 0}\n"
    with pytest.raises(Refused) as refusal:
        publish_vocabulary(fewer, by=THIERRY, at=timezone.now())

    assert any("R20" in one.text for one in refusal.value.problems)


def test_a_right_is_read_with_what_is_shared_on_its_first_day(publishing):
    later = changed("since: 2025-09-01", "since: 2027-01-01", VOCABULARY_TEXT)
    later = later.replace("until: 900}", "until: 950}").replace("{name: T3, above: 900,", "{name: T3, above: 950,")
    publish_vocabulary(later, by=THIERRY, at=timezone.now())

    with pytest.raises(CasesFail):
        publishing(changed("quotient: 721", "quotient: 930"))
    assert publishing(changed("quotient: 721", "quotient: 930", LATER)).since == date(2027, 1, 1)
