"""Telephone numbers as French families write them, brought to E.164.

Source: ARCEP, plan national de numérotation (overseas departments have their own country codes;
06 39 98 is kept for fiction, so phonenumbers takes it for nobody's).
"""

import re
from collections.abc import Collection

import phonenumbers

from xpassfam.rules.identifiers import absorb

# First digits of the national number → country code: the same subscriber is dialled both ways.
_OVERSEAS = {
    **dict.fromkeys(("262", "263", "269", "692", "693"), 262),
    **dict.fromkeys(("590", "690", "691"), 590),
    **dict.fromkeys(("594", "694"), 594),
    **dict.fromkeys(("596", "696", "697"), 596),
}
_FRENCH = {33, *_OVERSEAS.values()}


_USUAL = re.compile(r"0[1-9](?:[ .]?[0-9]){8}")


def normalise_phone(text: str) -> str | None:
    """`06.39.98.00.00`, `+33 (0)6…`, `0033 6…` → `+33639980000`; None where it can't be a number.

    Overseas departments are known by their first digits; numbers of other countries need + or 00.
    """
    if _USUAL.fullmatch(text):  # as most are written: what follows would say the same
        national = text[1:].replace(" ", "").replace(".", "")
        if national[:3] not in _OVERSEAS and national[:3] != "639":
            return f"+33{national}"
    typed = absorb(text).replace("(0)", "")
    if not re.fullmatch(r"\+?[\d().\-/·‐‑–]+", typed):
        return None
    digits = re.sub(r"[^\d+]", "", typed)
    digits = re.sub(r"^(00|\+)330?", "+33", digits)
    digits = re.sub(r"^00", "+", digits)
    number = _parse(digits)
    if number is None:
        return None
    national = str(number.national_number)
    if number.country_code == 33 and national[:3] in _OVERSEAS:
        number.country_code = _OVERSEAS[national[:3]]
    elif number.country_code == 33 and _is_of_mayotte(national):
        number.country_code = 262
    is_number = _is_french(number) or phonenumbers.is_valid_number(number)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if is_number else None


def readable_phone(number: str) -> str:
    """As it stands on a page: on one line, however narrow."""
    return typed_phone(number).replace(" ", "\u00a0")


def typed_phone(number: str) -> str:
    """An E.164 number as people write it: `06 39 98 00 00`, `0692 12 34 56`, `+32 470 12 34 56`."""
    parsed = _parse(number)
    if parsed is None:
        return number
    if parsed.country_code == 33:
        return re.sub(r"(\d\d)(?=\d)", r"\1 ", f"0{parsed.national_number}")
    if parsed.country_code in _FRENCH:
        return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def is_mobile(number: str, *, regions: Collection[str]) -> bool:
    """Whether an E.164 number is a mobile of one of these regions (ISO 3166: `FR`, `RE`…): what a text may be sent to.

    Fixed lines and numbers that cost whoever writes to them are not. Where a region tells its mobiles from
    its fixed lines by nothing (North America), both pass.
    """
    parsed = _parse(number)
    if parsed is None:
        return False
    if parsed.country_code == 33:
        # Fiction, and blocks too new for the library, are mobiles too.
        return "FR" in regions and re.fullmatch(r"\+33[67]\d{8}", number) is not None
    if phonenumbers.region_code_for_number(parsed) not in regions:
        return False
    kind = phonenumbers.number_type(parsed)
    return kind in (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)


def _parse(text: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(text, "FR")
    except phonenumbers.NumberParseException:
        return None


def _is_of_mayotte(national: str) -> bool:
    """0639 is cut up between Mayotte's mobiles and fiction: only the library knows where."""
    if not national.startswith("639"):
        return False
    return phonenumbers.is_valid_number(phonenumbers.PhoneNumber(country_code=262, national_number=int(national)))


def _is_french(number: phonenumbers.PhoneNumber) -> bool:
    """Nine digits, the first not 0: blocks of fiction or too new for the library are accepted."""
    return number.country_code in _FRENCH and len(str(number.national_number)) == 9
