"""Which days the organisation works: Monday to Friday, but public holidays and its own closings.

Costs no query where the organisation's row is known already: see `models.organisation.current`.
"""

import functools
from datetime import date

import holidays

from xpassfam.organisation.models import HolidayZone, current

SATURDAY = 5
# The library's names of places; Moselle and Alsace have the same days.
_SUBDIVISIONS = {
    HolidayZone.METROPOLE: None,
    HolidayZone.ALSACE_MOSELLE: "57",
    HolidayZone.GUADELOUPE: "971",
    HolidayZone.MARTINIQUE: "972",
    HolidayZone.GUYANE: "973",
    HolidayZone.REUNION: "974",
    HolidayZone.MAYOTTE: "976",
    HolidayZone.SAINT_BARTHELEMY: "BL",
    HolidayZone.SAINT_MARTIN: "MF",
    HolidayZone.SAINT_PIERRE: "PM",
    HolidayZone.NOUVELLE_CALEDONIE: "NC",
    HolidayZone.POLYNESIE: "PF",
    HolidayZone.WALLIS: "WF",
}


def is_working(day: date) -> bool:
    """What rules of delays ask: see `rules.time_limits`."""
    organisation = current()
    is_usual = day.weekday() < SATURDAY and day not in public_holidays(organisation.holiday_zone, day.year)
    return is_usual and not organisation.is_closed_on(day)


@functools.cache
def public_holidays(zone: str, year: int) -> frozenset[date]:
    """A whole year at a time: the library fills its own table as it is asked, which two threads must not share."""
    return frozenset(holidays.country_holidays("FR", subdiv=_SUBDIVISIONS[HolidayZone(zone)], years=year))
