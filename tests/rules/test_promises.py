"""The 48 hours: the cases that a jurist reads, then any calendar."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xpassfam.rules.promises import NoWorkingDay, WorkingCalendar, due_at, elapsed, starts_at

PARIS = ZoneInfo("Europe/Paris")
FRANCE = holidays.country_holidays("FR")


def works_in_france(day: date) -> bool:
    return day.weekday() < 5 and day not in FRANCE


USUAL = WorkingCalendar(works_in_france, time(9), time(17), PARIS)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-11-23 10:00", "2026-11-25 10:00"),
        ("2026-11-27 16:30", "2026-12-01 16:30"),
        ("2026-11-27 18:30", "2026-12-02 09:00"),
        ("2026-11-28 11:00", "2026-12-02 09:00"),
        ("2026-12-24 16:30", "2026-12-29 16:30"),
        ("2027-05-05 09:00", "2027-05-10 09:00"),  # Ascension on the 6th, the 8th is a Saturday
        ("2027-05-07 15:00", "2027-05-11 15:00"),
        ("2026-12-31 08:15", "2027-01-05 09:00"),
    ],
)
def test_the_48_hours_of_an_organisation_open_from_9_to_17(received, due):
    assert due_at(at(received), 48, USUAL) == at(due)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-10-23 10:00", "2026-10-27 10:00"),  # back to winter time in the night to Sunday the 25th
        ("2027-03-26 15:00", "2027-03-31 15:00"),  # Good Friday; summer time from the 28th, Easter Monday the 29th
    ],
)
def test_when_the_clocks_change_the_hour_on_the_wall_stays(received, due):
    assert due_at(at(received), 48, USUAL) == at(due)


def test_a_clock_that_changes_on_a_working_day_makes_no_promise_shorter():
    """Lebanon's changed on a Wednesday night, others on Fridays: a working day counts 24 hours all the same."""
    everyday = WorkingCalendar(lambda day: True, time(9), time(17), PARIS)

    assert due_at(at("2027-03-27 10:00"), 48, everyday) == at("2027-03-29 10:00")
    assert elapsed(at("2027-03-27 10:00"), at("2027-03-29 10:00"), everyday) == timedelta(hours=48)


def test_what_arrives_as_it_closes_is_read_at_the_next_opening():
    assert starts_at(at("2026-11-27 16:59"), USUAL) == at("2026-11-27 16:59")
    assert starts_at(at("2026-11-27 17:00"), USUAL) == at("2026-11-30 09:00")


def test_nobody_is_promised_a_midnight_on_saturday():
    assert due_at(at("2026-11-27 09:00"), 15, USUAL) == at("2026-11-30 00:00")


@pytest.mark.parametrize(
    ("received", "answered", "took"),
    [
        ("2026-11-23 10:00", "2026-11-23 11:30", timedelta(hours=1.5)),
        ("2026-11-27 16:30", "2026-11-30 09:15", timedelta(hours=7.5 + 9.25)),
        ("2026-11-28 11:00", "2026-11-29 20:00", timedelta()),  # an agent who answers on a Sunday
        ("2026-11-28 11:00", "2026-11-30 10:00", timedelta(hours=1)),
        ("2026-12-24 16:30", "2026-12-29 16:30", timedelta(hours=48)),
    ],
)
def test_time_to_answer_runs_as_the_promise_does(received, answered, took):
    assert elapsed(at(received), at(answered), USUAL) == took


def test_a_calendar_without_a_working_day_is_told():
    with pytest.raises(NoWorkingDay):
        due_at(at("2026-11-23 10:00"), 48, WorkingCalendar(lambda day: False, time(9), time(17), PARIS))


def test_a_place_that_closes_before_it_opens_is_refused():
    with pytest.raises(ValueError, match="opens before"):
        WorkingCalendar(works_in_france, time(17), time(9), PARIS)


FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 12, 31, tzinfo=UTC)
MINUTES = (LAST - FIRST) // timedelta(minutes=1)
instants = st.integers(0, MINUTES).map(lambda minutes: FIRST + timedelta(minutes=minutes))
zones = st.sampled_from(["Europe/Paris", "America/Guadeloupe", "Indian/Reunion", "Pacific/Noumea", "America/Miquelon"])


@st.composite
def calendars(draw):
    """Any week, any holidays, any hours; at least one day of the week is worked and not all of them are closed."""
    week = draw(st.sets(st.integers(0, 6), min_size=1))
    closed = draw(st.sets(st.dates(date(2026, 1, 1), date(2028, 12, 31)), max_size=20))
    opens, closes = sorted(draw(st.sets(st.integers(0, 23), min_size=2, max_size=2)))
    return WorkingCalendar(
        lambda day: day.weekday() in week and day not in closed, time(opens), time(closes), ZoneInfo(draw(zones))
    )


@given(instants, st.integers(1, 240), calendars())
def test_an_answer_is_due_after_what_it_answers_and_on_a_working_day(received, hours, calendar):
    due = due_at(received, hours, calendar)

    assert due > received
    assert calendar.is_working(due.astimezone(calendar.zone).date())


@given(instants, st.integers(1, 240), calendars())
def test_what_is_answered_as_it_falls_due_took_the_hours_promised(received, hours, calendar):
    took = elapsed(received, due_at(received, hours, calendar), calendar)

    # An hour that the clocks skip can't be pointed at.
    assert abs(took - timedelta(hours=hours)) <= timedelta(hours=1)
    if calendar.zone.key not in ("Europe/Paris", "America/Miquelon"):
        assert took == timedelta(hours=hours)


@given(instants, instants, st.integers(1, 240), calendars())
def test_who_writes_first_is_promised_no_later_answer(one, other, hours, calendar):
    first, second = sorted((one, other))

    assert due_at(first, hours, calendar) <= due_at(second, hours, calendar) + timedelta(hours=1)


@given(instants, st.integers(1, 120), st.integers(1, 120), calendars())
def test_more_hours_are_never_due_before_fewer(received, few, more, calendar):
    assert due_at(received, few, calendar) < due_at(received, few + more, calendar) + timedelta(hours=1)


@given(instants, instants, st.integers(1, 240), calendars())
def test_a_promise_is_kept_where_the_time_taken_is_within_it(received, answered, hours, calendar):
    """The two figures that pages show never contradict each other."""
    took, due = elapsed(received, answered, calendar), due_at(received, hours, calendar)
    if abs(answered - due) > timedelta(hours=1):
        assert (answered <= due) == (took <= timedelta(hours=hours))
