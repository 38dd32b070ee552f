"""On each side of every bound of the shipped rules, at several reference dates."""

from datetime import date, timedelta

import pytest

from tests.entitlements.texts import VOCABULARY, right
from xpassfam.entitlements import shipped
from xpassfam.entitlements.home import Earning, Home, Resident, Spell
from xpassfam.entitlements.judging import judge
from xpassfam.rules.time_limits import add_months

RIGHTS = {one.code: one for one in (right(path.read_text(encoding="utf-8")) for path in shipped.rights())}
DATES = (date(2026, 11, 23), date(2026, 9, 1), date(2027, 6, 15), date(2028, 2, 29), date(2028, 10, 31))
DAY = timedelta(days=1)
WORK = (Spell("employed"),)


def birth(years, *, on):
    """Of somebody who is so old from that day on."""
    return add_months(on, -12 * years)


def child(born, *papers, key="c"):
    return Resident(key, "Tom", "dependent_child", born=born, papers=papers)


def home_with(*children, quotient=500, month=None):
    adults = (Resident("a", "Camille", "holder", activities=WORK), Resident("b", "Karim", "partner", activities=WORK))
    earnings = () if quotient is None else (Earning(month or date(2020, 1, 1), quotient * 100),)
    return Home("h", (*adults, *children), earnings)


def recent(day):
    return day.replace(day=1)


def answer(code, home, day, person=None):
    """The verdict, and the amount in euros or percent."""
    found = judge(RIGHTS[code], person, home, home.situation_on(day, VOCABULARY))
    given = found.given
    return str(found.verdict), given.percent if given.cents is None else given.cents // 100


@pytest.mark.parametrize("day", DATES)
@pytest.mark.parametrize(
    ("quotient", "bracket"),
    [
        (0, "T1"), (600, "T1"), (601, "T2"), (900, "T2"), (901, "T3"), (1200, "T3"), (1201, "T4"), (1600, "T4"),
        (1601, "T5"),
    ],
)  # fmt: skip
def test_a_quotient_on_a_limit_is_in_the_lower_bracket(quotient, bracket, day):
    home = home_with(child(birth(9, on=day)), quotient=quotient, month=recent(day))

    assert home.situation_on(day, VOCABULARY).bracket == bracket


@pytest.mark.parametrize("day", DATES)
@pytest.mark.parametrize(
    ("code", "last_open"),
    [("R05", 1600), ("R06", 1200)],
)
def test_a_right_by_bracket_ends_at_its_limit(code, last_open, day):
    tom = child(birth(9, on=day))
    for quotient, verdict in ((last_open, "yes"), (last_open + 1, "no")):
        home = home_with(tom, quotient=quotient, month=recent(day))

        assert answer(code, home, day, tom)[0] == verdict


@pytest.mark.parametrize("day", DATES)
def test_an_income_of_twelve_months_ago_tells_the_bracket_and_of_thirteen_no_longer(day):
    tom, month = child(birth(9, on=day)), day.replace(day=1)
    answers = [
        answer("R06", home_with(tom, quotient=500, month=add_months(month, -ago)), day, tom)[0] for ago in (12, 13)
    ]

    assert answers == ["yes", "unknown"]


# Right, age, answers on the eve of that birthday, on it, and the day after.
BIRTHDAYS = [
    ("R04", 6, ("yes", "no", "no")),
    ("R05", 3, ("no", "yes", "yes")),
    ("R05", 18, ("yes", "no", "no")),
    ("R06", 6, ("no", "yes", "yes")),
    ("R06", 18, ("yes", "no", "no")),
    ("R07", 6, ("no", "yes", "yes")),
    ("R07", 20, ("yes", "unknown", "unknown")),  # a school certificate may come
    ("R07", 26, ("unknown", "no", "no")),
    ("R08", 18, ("no", "unknown", "unknown")),
    ("R08", 26, ("unknown", "no", "no")),
    ("R11", 20, ("unknown", "no", "no")),
]


@pytest.mark.parametrize("day", DATES)
@pytest.mark.parametrize(("code", "years", "expected"), BIRTHDAYS)
def test_a_birthday_counts_from_its_day_on(code, years, expected, day):
    if day == date(2028, 2, 29):
        day = date(2028, 2, 28)  # somebody born on a 29 February has a test of their own
    tom = child(birth(years, on=day))
    home = home_with(tom, month=recent(day - DAY))

    assert tuple(answer(code, home, day + more * DAY, tom)[0] for more in (-1, 0, 1)) == expected


@pytest.mark.parametrize("year", [2026, 2027, 2028])
@pytest.mark.parametrize(("code", "years"), [("R03", 17), ("R02", 19)])
def test_an_age_of_the_year_is_that_of_31_december(code, years, year):
    day = date(year, 11, 23)
    paper = Spell("school_certificate")
    for born, verdict in ((date(year - years + 1, 1, 1), "yes"), (date(year - years, 12, 31), "no")):
        tom = child(born, paper)

        assert answer(code, home_with(tom, month=recent(day)), day, tom)[0] == verdict


@pytest.mark.parametrize("year", [2026, 2027])
def test_from_sixteen_on_the_new_school_year_s_aid_asks_for_a_certificate(year):
    birthday = date(year, 10, 15)
    tom = child(birth(16, on=birthday))
    home = home_with(tom, month=recent(date(year, 10, 1)))

    assert answer("R02", home, birthday - DAY, tom) == ("yes", 150)
    assert answer("R02", home, birthday, tom)[0] == "unknown"


@pytest.mark.parametrize(("year", "birthday"), [(2026, date(2026, 3, 1)), (2028, date(2028, 2, 29))])
def test_who_was_born_on_29_february_is_older_from_1_march_on_in_a_common_year(year, birthday):
    leap = child(date(2020, 2, 29) if year == 2026 else date(2008, 2, 29))
    home = home_with(leap, month=date(year, 1, 1))
    code = "R04" if year == 2026 else "R11"

    assert answer(code, home, birthday - DAY, leap)[0] != "no"
    assert answer(code, home, birthday, leap)[0] == "no"


@pytest.mark.parametrize("day", DATES)
def test_a_third_minor_opens_transport_from_its_arrival_on(day):
    two = (child(birth(9, on=day), key="c1"), child(birth(7, on=day), key="c2"))
    third = Resident("c3", "Lou", "dependent_child", born=birth(1, on=day), since=day)
    home = home_with(*two, third)

    assert answer("R09", home, day - DAY) == ("no", None)
    assert answer("R09", home, day) == ("yes", 30)


@pytest.mark.parametrize("day", DATES[:3])
def test_a_minor_less_closes_transport_on_the_18th_birthday(day):
    home = home_with(*(child(birth(years, on=day), key=str(years)) for years in (18, 9, 7)))

    assert answer("R09", home, day - DAY) == ("yes", 30)
    assert answer("R09", home, day) == ("no", None)


@pytest.mark.parametrize(("count", "percent"), [(3, 30), (4, 40), (5, 50), (6, 75), (7, 75)])
def test_transport_grows_with_the_number_of_minors(count, percent):
    day = DATES[0]
    home = home_with(*(child(birth(5, on=day), key=f"c{n}") for n in range(count)))

    assert answer("R09", home, day) == ("yes", percent)


@pytest.mark.parametrize("year", [2026, 2027, 2028])
def test_last_school_year_s_certificate_ends_on_31_august(year):
    tom = child(date(year - 20, 1, 15), Spell("school_certificate", date(year - 1, 9, 8), date(year, 8, 31)))
    home = home_with(tom, month=date(year, 6, 1))

    assert answer("R08", home, date(year, 8, 31), tom) == ("yes", 400)
    assert answer("R08", home, date(year, 9, 1), tom)[0] == "unknown"


@pytest.mark.parametrize("year", [2026, 2027])
def test_a_season_is_open_on_both_its_ends(year):
    tom = child(date(year - 9, 4, 1))
    home = home_with(tom, month=date(year, 5, 1))
    days = (date(year, 5, 31), date(year, 6, 1), date(year, 11, 30), date(year, 12, 1))

    assert [answer("R02", home, day, tom)[0] for day in days] == ["no", "yes", "yes", "no"]
