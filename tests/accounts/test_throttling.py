"""Guessing is slowed down; an owner's own device is not."""

from datetime import UTC, datetime, timedelta

import pytest

from xpassfam.accounts import throttle

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)


def fail(times, *, at=NOW, value="camille"):
    return [throttle.reserve(throttle.IDENTIFIER, value, at=at) for _ in range(times)]


def test_five_tries_are_free_and_the_sixth_waits_thirty_seconds():
    tries = fail(6)
    assert [t.allowed for t in tries] == [True] * 5 + [False]
    assert tries[4].free_at == tries[5].free_at == NOW + timedelta(seconds=30)


def test_the_remaining_tries_are_counted_down():
    assert [t.remaining for t in fail(5)] == [4, 3, 2, 1, 0]


def test_each_try_after_a_wait_doubles_the_next_one_up_to_an_hour():
    at, waits = fail(5)[-1].free_at, []
    for _ in range(7):
        reserved = throttle.reserve(throttle.IDENTIFIER, "camille", at=at)
        waits.append(int((reserved.free_at - at).total_seconds()))
        at = reserved.free_at
    assert waits == [60, 120, 240, 480, 3600, 3600, 3600]


def test_a_refused_try_does_not_lengthen_the_wait():
    until = fail(5)[-1].free_at
    assert {t.free_at for t in fail(50)} == {until}


def test_a_success_gives_back_its_own_try_only():
    fail(3)
    throttle.refund(throttle.reserve(throttle.IDENTIFIER, "camille", at=NOW))
    assert throttle.reserve(throttle.IDENTIFIER, "camille", at=NOW).remaining == 1


def test_failures_are_forgotten_after_a_quiet_day():
    fail(4)
    assert fail(1, at=NOW + timedelta(days=1, seconds=1))[0].remaining == 4


def test_one_person_s_failures_don_t_slow_another():
    fail(5)
    assert fail(1, value="karim")[0].allowed


def test_a_network_address_gets_thirty_tries_each_ten_minutes():
    tries = [throttle.reserve(throttle.ADDRESS, "203.0.113.9", at=NOW) for _ in range(31)]
    assert sum(t.allowed for t in tries) == 30
    assert tries[-1].free_at == NOW + timedelta(minutes=10)
    assert throttle.reserve(throttle.ADDRESS, "203.0.113.9", at=NOW + timedelta(minutes=10)).allowed


def test_nothing_typed_can_be_read_in_the_table():
    fail(1, value="my-secret-password")
    assert "my-secret" not in str(list(throttle.Throttle.objects.values()))


def test_old_counters_are_purged():
    fail(1)
    assert throttle.purge(at=NOW + timedelta(days=3)) == 1


def test_of_a_scope_with_one_free_try_the_second_waits():
    tries = [throttle.reserve(throttle.ALERT, "portal", at=NOW) for _ in range(3)]
    assert [t.allowed for t in tries] == [True, False, False]


def test_who_asked_a_little_earlier_does_not_wait_for_who_was_served_first():
    earlier = NOW - timedelta(milliseconds=300)
    first = throttle.reserve(throttle.ADDRESS, "203.0.113.9", at=NOW)
    assert throttle.reserve(throttle.ADDRESS, "203.0.113.9", at=earlier).allowed
    throttle.refund(first)
    assert throttle.reserve(throttle.ADDRESS, "203.0.113.9", at=earlier).allowed
