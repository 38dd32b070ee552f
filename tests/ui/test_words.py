from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import translation

from xpassfam.ui import words

NOON = datetime(2026, 3, 3, 9, 5, tzinfo=UTC)  # 10 h 05 in Paris


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel(datetime(2026, 11, 23, 8, 0, tzinfo=UTC), tick=False):
        yield


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (lambda: words.clock(NOON), "10 h 05"),
        (lambda: words.clock(NOON.replace(minute=0)), "10 h"),
        (lambda: words.day(date(2026, 12, 4)), "vendredi 4 décembre"),
        (lambda: words.day(date(2027, 1, 1)), "vendredi 1er janvier 2027"),
        (lambda: words.full_day(date(1990, 2, 14)), "14 février 1990"),
        (lambda: words.full_day(date(2016, 4, 1)), "1er avril 2016"),
        (lambda: words.moment(NOON), "le 3 mars à 10 h 05"),
        (lambda: words.soon(datetime(2026, 11, 23, 17, 0, tzinfo=UTC)), "à 18 h"),
        (lambda: words.soon(datetime(2026, 11, 24, 17, 0, tzinfo=UTC)), "le 24 novembre à 18 h"),
        (lambda: words.euros(121100), "1 211 €"),
        (lambda: words.euros(450), "4,50 €"),
        (lambda: words.euros(-5), "−0,05 €"),
        (lambda: words.wait(timedelta(minutes=4, seconds=10)), "4 min 10 s"),
        (lambda: words.wait(timedelta(minutes=1)), "1 min"),
        (lambda: words.wait(timedelta(hours=1, minutes=5)), "1 h 5 min"),
        (lambda: words.wait(timedelta(days=1, hours=3)), "1 jour"),
        (lambda: words.wait(timedelta(milliseconds=300)), "1 s"),
        (lambda: words.wait(timedelta(seconds=-3)), "0 s"),
    ],
)
def test_times_days_and_sums_are_said_as_people_say_them(said, expected):
    assert said().replace("\u00a0", " ").replace("\u202f", " ") == expected


def test_a_unit_never_leaves_its_number():
    assert " " not in words.euros(121100) + words.clock(NOON)


def test_a_late_evening_is_of_its_own_day():
    assert words.day(datetime(2026, 12, 3, 23, 30, tzinfo=UTC)) == "vendredi 4 décembre"


def test_english_has_its_own_ways():
    with translation.override("en"):
        assert words.clock(NOON) == "10:05"
        assert words.euros(121150) == "€1,211.50"
        assert words.day(date(2026, 12, 4)) == "Friday 4 December"


@pytest.mark.parametrize(
    ("name", "is_elided"),
    [
        ("Inès", True),
        ("Émile", True),
        ("Hélène", True),
        ("Yves", True),
        ("Yann", False),
        ("Camille", False),
        ("", False),
    ],
)
def test_de_becomes_d_before_a_vowel(name, is_elided):
    assert words.elides(name) is is_elided
