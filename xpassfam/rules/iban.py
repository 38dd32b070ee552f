"""Bank accounts as families copy them: where they are, how long their number is, whether its check is right.

Source: ISO 13616 (IBAN); European Payments Council, EPC409-09 (countries reached by SEPA transfer).
"""

import re
from enum import StrEnum

from xpassfam.rules.identifiers import absorb

# How many characters an IBAN has, by country reached by a SEPA transfer.
_LENGTHS = """
AD24 AL28 AT20 BE16 BG22 CH21 CY28 CZ24 DE22 DK18 EE20 ES24 FI18 FR27 GB22 GI23 GR27 HR21 HU28 IE22 IS26 IT27
LI21 LT20 LU20 LV21 MC27 MD24 ME22 MK19 MT31 NL18 NO15 PL28 PT25 RO24 RS22 SE24 SI19 SK24 SM27 VA22
"""
LENGTHS = {entry[:2]: int(entry[2:]) for entry in _LENGTHS.split()}
SHOWN = 4
COVER = "•••• "


class Fault(StrEnum):
    """Why it can't be an account to pay."""

    SHAPE = "shape"
    COUNTRY = "country"
    LENGTH = "length"
    CHECK = "check"


def normalise_iban(text: str) -> str:
    """`fr76 3000 6000…`, `IBAN : FR76-3000…` → `FR7630006000…`; not checked."""
    return re.sub(r"[^0-9A-Z]", "", absorb(text).upper()).removeprefix("IBAN")


def fault_of(iban: str) -> Fault | None:
    """What is wrong with a normalised IBAN; None where an account may bear it.

    Any one wrong character and any swap of neighbours are seen.
    """
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[0-9A-Z]{8,30}", iban):
        return Fault.SHAPE
    if iban[:2] not in LENGTHS:
        return Fault.COUNTRY
    if len(iban) != LENGTHS[iban[:2]]:
        return Fault.LENGTH
    number = int("".join(str(int(character, 36)) for character in iban[4:] + iban[:4]))
    return None if number % 97 == 1 else Fault.CHECK


def readable_iban(iban: str) -> str:
    """By fours, as cards and bank papers print it."""
    return " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))


def last_characters(iban: str) -> str:
    """All that pages ever show of it."""
    return iban[-SHOWN:]


def covered_iban(iban: str) -> str:
    return COVER + last_characters(iban)
