"""How a decision is contested, by legal profile, and until when."""

from datetime import date

import pytest

from xpassfam.rules.remedies import REMEDIES, Way, contestable_until, months_of_distance, remedies
from xpassfam.rules.time_limits import Delay, Unit


def is_working(day):
    return day.weekday() < 5 and day != date(2026, 5, 14)  # Ascension


def ways(profile, **facts):
    return [remedy.way for remedy in remedies(profile, **facts)]


@pytest.mark.parametrize(
    ("profile", "told"),
    [
        ("adm", [Way.AUTHOR, Way.SUPERIOR, Way.ADMINISTRATIVE_COURT]),
        ("mut", [Way.COMPLAINTS_SERVICE, Way.MEDIATOR, Way.JUDICIAL_COURT]),
        ("cse", [Way.OWN_BODY, Way.JUDICIAL_COURT]),
        ("asso", [Way.OWN_BODY, Way.JUDICIAL_COURT]),
        ("ent", [Way.COMPLAINTS_SERVICE, Way.JUDICIAL_COURT]),
    ],
)
def test_each_profile_has_its_remedies(profile, told):
    assert ways(profile) == told


def test_only_an_administration_answers_before_the_administrative_court():
    assert [profile for profile in REMEDIES if Way.ADMINISTRATIVE_COURT in ways(profile)] == ["adm"]


def test_who_sells_a_service_has_a_mediator():
    assert ways("asso", sells_services=True) == [Way.OWN_BODY, Way.MEDIATOR, Way.JUDICIAL_COURT]
    assert ways("adm", sells_services=True) == ways("adm")
    assert ways("mut", sells_services=True).count(Way.MEDIATOR) == 1


@pytest.mark.parametrize(
    ("notified", "last"),
    [
        (date(2026, 1, 15), date(2026, 3, 16)),
        (date(2026, 12, 31), date(2027, 3, 1)),
        (date(2026, 1, 13), date(2026, 3, 16)),  # the 14th is a Saturday
        (date(2026, 3, 13), date(2026, 5, 15)),  # the 14th is Ascension
    ],
)
def test_two_whole_months_before_the_administrative_court(notified, last):
    assert contestable_until("adm", notified_on=notified, is_working=is_working) == last


def test_who_lives_abroad_has_two_months_more():
    last = contestable_until("adm", notified_on=date(2026, 1, 15), is_working=is_working, more_months=2)
    assert last == date(2026, 5, 18)


@pytest.mark.parametrize(
    ("country", "postcode", "court", "months"),
    [
        ("FR", "44000", "44000", 0),
        ("FR", "20200", "44000", 0),
        ("FR", "97400", "44000", 1),
        ("RE", "97400", "44000", 1),
        ("FR", "97400", "97490", 0),
        ("FR", "97133", "97100", 1),
        ("FR", "44000", "97490", 1),
        ("BE", "1000", "44000", 2),
        ("MC", "98000", "44000", 2),
        ("FR", "", "", 0),
    ],
)
def test_the_sea_between_a_family_and_its_court_gives_it_longer(country, postcode, court, months):
    assert months_of_distance(country, postcode, court_postcode=court) == months


def test_elsewhere_the_rules_of_the_organisation_or_no_day_at_all():
    own = Delay(2, Unit.MONTHS)
    assert contestable_until("cse", notified_on=date(2026, 1, 15), is_working=is_working) is None
    assert contestable_until("cse", notified_on=date(2026, 1, 14), is_working=is_working, own=own) == date(2026, 3, 16)
    # An organisation does not shorten what the law gives.
    assert contestable_until(
        "adm", notified_on=date(2026, 1, 15), is_working=is_working, own=Delay(1, Unit.DAYS)
    ) == date(2026, 3, 16)
