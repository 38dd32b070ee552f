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
    lives_abroad: bool = False,
) -> date | None:
    """The last day on which a decision may be contested; None where nothing ends it but prescription.

    Before an administrative court the two months are whole: neither the day of the notice nor that of the end
    counts, and an end that is not worked is moved. `own` is what the organisation's rules grant elsewhere, and
    `lives_abroad` adds two months. From a rejection by silence, count from its day. Where the mandatory mentions
    were not given, no limit holds (CRPA, art. L112-6; CJA, art. R421-5): do not ask.

    Source: CJA, art. R421-1, R421-2, R421-7 (a « délai franc », by settled case law).
    """
    if profile == "adm":
        end = add_months(notified_on, 4 if lives_abroad else 2) + DAY
    elif own is not None:
        end = due_on(own, start=notified_on, is_working=is_working)
    else:
        return None
    return next_working_day(end, is_working=is_working)
