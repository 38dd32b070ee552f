"""How a decision may be contested, and until when, by legal profile.

The words, the addresses and the organisation's own bodies are written elsewhere; here is what must be offered.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from xpassfam.rules.time_limits import DAY, Delay, IsWorking, Unit, add_months, due_on, next_working_day


class Way(StrEnum):
    """To whom one turns."""

    AUTHOR = "author"  # recours gracieux
    SUPERIOR = "superior"  # recours hiérarchique
    ADMINISTRATIVE_COURT = "administrative_court"
    COMPLAINTS_SERVICE = "complaints_service"
    OWN_BODY = "own_body"  # commission, bureau
    MEDIATOR = "mediator"
    JUDICIAL_COURT = "judicial_court"


@dataclass(frozen=True)
class Remedy:
    """`within`: counted from the notice of the decision, or for a mediator from the complaint. None: no time limit
    of that kind is told. `opens_after`: what must have passed since the complaint."""

    way: Way
    within: Delay | None = None
    opens_after: Delay | None = None


TWO_MONTHS = Delay(2, Unit.MONTHS)
A_YEAR = Delay(12, Unit.MONTHS)

# Source: ACPR, recommendation 2024-R-02: the mediator may be turned to two months after the complaint was sent,
# answered or not; code de la consommation, art. L612-2: within a year of it.
MEDIATOR_OF_INSURANCE = Remedy(Way.MEDIATOR, within=A_YEAR, opens_after=TWO_MONTHS)
# Source: code de la consommation, art. L612-1, L612-2.
MEDIATOR_OF_CONSUMERS = Remedy(Way.MEDIATOR, within=A_YEAR)

REMEDIES: dict[str, tuple[Remedy, ...]] = {
    # Source: CRPA, art. L411-2 (within the time for the court, which it interrupts); CJA, art. R421-1, R421-5.
    "adm": (
        Remedy(Way.AUTHOR, within=TWO_MONTHS),
        Remedy(Way.SUPERIOR, within=TWO_MONTHS),
        Remedy(Way.ADMINISTRATIVE_COURT, within=TWO_MONTHS),
    ),
    # Source: ACPR, recommendations 2022-R-01 and 2024-R-02.
    "mut": (Remedy(Way.COMPLAINTS_SERVICE), MEDIATOR_OF_INSURANCE, Remedy(Way.JUDICIAL_COURT)),
    # Source: code de l'organisation judiciaire, art. L211-3 (common jurisdiction).
    "cse": (Remedy(Way.OWN_BODY), Remedy(Way.JUDICIAL_COURT)),
    "asso": (Remedy(Way.OWN_BODY), Remedy(Way.JUDICIAL_COURT)),
    "ent": (Remedy(Way.COMPLAINTS_SERVICE), Remedy(Way.JUDICIAL_COURT)),
}


def remedies(profile: str, *, sells_services: bool = False) -> tuple[Remedy, ...]:
    """In the order in which they are told; a consumer mediator where the organisation sells what it provides."""
    ways = REMEDIES[profile]
    if not sells_services or profile not in ("asso", "ent"):
        return ways
    return (*ways[:-1], MEDIATOR_OF_CONSUMERS, ways[-1])


def contestable_until(
    profile: str,
    *,
    notified_on: date,
    is_working: IsWorking,
    own: Delay | None = None,
    more_months: int = 0,
) -> date | None:
    """The last day on which a decision may be contested; None where nothing ends it but prescription.

    Before an administrative court the two months are whole: neither the day of the notice nor that of the end
    counts, and an end that is not worked is moved. `own` is what the organisation's rules grant elsewhere, and
    `more_months` those of `months_of_distance`. From a rejection by silence, count from its day. Where the mandatory
    mentions were not given, no limit holds (CRPA, art. L112-6; CJA, art. R421-5): do not ask.

    Source: CJA, art. R421-1, R421-2, R421-7 (a « délai franc », by settled case law).
    """
    if profile == "adm":
        end = add_months(notified_on, 2 + more_months) + DAY
    elif own is not None:
        end = due_on(own, start=notified_on, is_working=is_working)
    else:
        return None
    return next_working_day(end, is_working=is_working)


# By the code that the country has where the address names it so: the beginning of its postcodes.
TERRITORIES = {
    "GP": "971", "MQ": "972", "GF": "973", "RE": "974", "PM": "975", "YT": "976", "BL": "977", "MF": "978", "TF": "984",
    "WF": "986", "PF": "987", "NC": "988",
}  # fmt: skip
# Two that had the postcodes of Guadeloupe.
FORMERLY = {"97133": "977", "97150": "978"}


def months_of_distance(country: str, postcode: str, *, court_postcode: str) -> int:
    """By how much who lives far from an administrative court has longer to go before it: two months from abroad, one
    from a territory overseas to a court elsewhere, or from elsewhere to a court there.

    Source: CJA, art. R421-7.
    """
    if country != "FR" and country not in TERRITORIES:
        return 2
    return int(_territory(country, postcode) != _territory("FR", court_postcode))


def _territory(country: str, postcode: str) -> str:
    """Empty for the mainland and Corsica."""
    found = TERRITORIES.get(country) or FORMERLY.get(postcode, postcode[:3])
    return found if found in TERRITORIES.values() else ""
