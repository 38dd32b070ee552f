"""How long the words of the history are kept, by family of what they tell. The lines themselves stay.

A month's words go together, so that a chain says once a month at most that words went.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Retention:
    """Months that words are kept: what is proposed, and between what an organisation may choose."""

    code: str
    usual: int
    least: int
    most: int


# Sign-ins, passwords, devices: traces of access.
# Source: CNIL, délibération 2021-122: from six months to one year; up to three with a written analysis.
SIGN_INS = Retention("sign_ins", usual=12, least=6, most=36)
# Which agent opened which file: the same traces, kept longer by default, so that a family that asks who read its
# file since the last yearly review gets a name.
# Source: CNIL, délibération 2021-122 (internal control); RGPD, art. 15.1.c (recipients).
CONSULTATIONS = Retention("consultations", usual=24, least=6, most=36)
# What was changed in a file, by whom, before and after: business data, as long as it can be disputed.
# Source: code civil, art. 2224 (five years).
FILE = Retention("file", usual=60, least=12, most=120)

# Requests that ended, before they are set aside as an archive: then only some agents open them, and say why.
# Source: CNIL, délibération 2005-213 (intermediate archives: set apart, few readers); RGPD, art. 5.1.c, 5.1.e.
ENDED_REQUESTS = Retention("ended_requests", usual=12, least=3, most=60)

FAMILIES = (SIGN_INS, CONSULTATIONS, FILE)


def forgotten_before(family: Retention, *, months: int, today: date) -> date:
    """The day before which words go: the first of a month.

    « 12 mois » are twelve at most, eleven at least; never less than the family's least.
    """
    end = _first_of_month(today, months_ago=months)
    at_most = _first_of_month(today, months_ago=months - 1) if today.day > 1 else end
    return min(at_most, _first_of_month(today, months_ago=family.least))


def _first_of_month(day: date, *, months_ago: int) -> date:
    months = day.year * 12 + day.month - 1 - months_ago
    return date(months // 12, months % 12 + 1, 1)
