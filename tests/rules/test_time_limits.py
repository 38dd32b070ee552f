"""Delays: cases to read one by one. The calendar here works from Monday to Friday, but on 25 December 2026."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xpassfam.rules.time_limits import Alert, Delay, Pause, Unit, add_months, alert_on, due_on, promised_on

CHRISTMAS = date(2026, 12, 25)
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
DELAYS = st.builds(Delay, st.integers(1, 12), st.sampled_from(Unit))


def is_working(day):
    return day.weekday() < 5 and day != CHRISTMAS


@pytest.mark.parametrize(
    ("count", "unit", "start", "due"),
    [
        (2, "months", date(2026, 3, 15), date(2026, 5, 15)),
        (2, "months", date(2026, 12, 31), date(2027, 2, 28)),
        (2, "months", date(2027, 12, 31), date(2028, 2, 29)),
        (1, "months", date(2026, 1, 31), date(2026, 2, 28)),
        (2, "months", date(2026, 2, 28), date(2026, 4, 28)),
        (12, "months", date(2028, 2, 29), date(2029, 2, 28)),
        (2, "months", date(2026, 11, 23), date(2027, 1, 23)),
        (5, "working_days", date(2026, 11, 23), date(2026, 11, 30)),
        (1, "working_days", date(2026, 11, 27), date(2026, 11, 30)),
        (3, "working_days", date(2026, 11, 28), date(2026, 12, 2)),
        (10, "working_days", date(2026, 12, 18), date(2027, 1, 4)),
        (5, "days", date(2026, 12, 24), date(2026, 12, 29)),
    ],
)
def test_a_delay_ends_on_a_day(count, unit, start, due):
    assert due_on(Delay(count, unit), start=start, is_working=is_working) == due


def test_two_months_are_not_sixty_days():
    assert add_months(date(2026, 7, 1), 2) - date(2026, 7, 1) == timedelta(days=62)


@pytest.mark.parametrize("count", [0, -1])
def test_a_delay_counts_at_least_one(count):
    with pytest.raises(ValueError, match="at least one"):
        Delay(count, Unit.DAYS)


def test_an_unknown_unit_is_refused():
    with pytest.raises(ValueError, match="weeks"):
        Delay(2, "weeks")


@given(DELAYS, DAYS)
def test_a_delay_ends_after_its_start_and_later_when_it_starts_later(delay, start):
    due = due_on(delay, start=start, is_working=is_working)
    assert due > start
    assert due_on(delay, start=start + timedelta(days=1), is_working=is_working) >= due


@pytest.mark.parametrize(
    ("unit", "pauses", "promised"),
    [
        # Filed on Monday 2 November, five working days or five days.
        ("working_days", [], date(2026, 11, 9)),
        ("days", [], date(2026, 11, 7)),
        # Asked on Wednesday the 4th, brought on Wednesday the 11th: two days had gone, three are left.
        ("working_days", [Pause(date(2026, 11, 4), date(2026, 11, 30), date(2026, 11, 11))], date(2026, 11, 16)),
        ("days", [Pause(date(2026, 11, 4), date(2026, 11, 30), date(2026, 11, 11))], date(2026, 11, 14)),
        # Still missing: no day can be promised.
        ("working_days", [Pause(date(2026, 11, 4), date(2026, 11, 30))], None),
        # Brought the same day.
        ("working_days", [Pause(date(2026, 11, 4), date(2026, 11, 30), date(2026, 11, 4))], date(2026, 11, 9)),
        # Twice, the second asked for before the first came: the days that are common count once.
        (
            "days",
            [
                Pause(date(2026, 11, 4), date(2026, 11, 30), date(2026, 11, 8)),
                Pause(date(2026, 11, 6), date(2026, 11, 30), date(2026, 11, 10)),
            ],
            date(2026, 11, 13),
        ),
        # Asked on the last day, a Monday, brought on the Sunday after: the answer is due on the next worked day.
        ("working_days", [Pause(date(2026, 11, 9), date(2026, 11, 30), date(2026, 11, 15))], date(2026, 11, 16)),
        # Asked for once it was late: a missed promise stays missed.
        ("working_days", [Pause(date(2026, 11, 12), date(2026, 11, 30))], date(2026, 11, 9)),
    ],
)
def test_the_promised_day_waits_for_the_family(unit, pauses, promised):
    delay = Delay(5, unit)
    assert promised_on(delay, filed_on=date(2026, 11, 2), pauses=pauses, is_working=is_working) == promised


@given(DELAYS, DAYS, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 40)), max_size=4))
def test_waiting_never_brings_the_promise_nearer_nor_before_the_pieces(delay, filed, waits):
    pauses = [
        Pause(asked := filed + timedelta(days=after), asked + timedelta(days=30), asked + timedelta(days=lasting))
        for after, lasting in waits
    ]
    usual = due_on(delay, start=filed, is_working=is_working)
    promised = promised_on(delay, filed_on=filed, pauses=pauses, is_working=is_working)
    assert promised >= usual
    assert all(promised >= pause.ended_on for pause in pauses if pause.asked_on <= usual)


@pytest.mark.parametrize(
    ("left", "alert"),
    [
        (16, None),
        (15, Alert.SOON),
        (6, Alert.SOON),
        (5, Alert.NEAR),
        (1, Alert.NEAR),
        (0, Alert.TODAY),
        (-9, Alert.TODAY),
    ],
)
def test_agents_are_warned_at_fifteen_five_and_no_days(left, alert):
    day = date(2026, 11, 23)
    assert alert_on(day, due=day + timedelta(days=left)) is alert
