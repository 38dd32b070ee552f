"""What people type to say who they are, brought to one exact form.

Plain functions: the same text always gives the same identifier, and nothing is looked up.
"""

import re
import secrets
import unicodedata
from dataclasses import dataclass
from typing import Literal

# Crockford's base 32 without the letters people take for digits: read aloud, copied by hand.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff]")
MEMBER_CHECK = "TRWAGMYFPDXBNJZSQVHLCKE"
_UNDECOMPOSED = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d"})
_MEMBER_NUMBER = re.compile(r"([A-Z]{2,5})(\d{4})(\d{1,6})([A-Z])")


@dataclass(frozen=True)
class Identifier:
    """What was typed, as the database knows it. `kind` says which column to ask."""

    kind: Literal["email", "member_number", "unknown"]
    value: str


def absorb(text: str) -> str:
    """Drop what pasting adds (spaces of any width, invisible characters) and full-width forms."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


def normalise_email(text: str) -> str:
    """One form per mailbox: no outer or inner space, lower case, NFC."""
    return unicodedata.normalize("NFC", absorb(text)).lower()


def normalise_member_number(text: str) -> str | None:
    """`esf 2019 4812 k` → `ESF-2019-004812-K`; None where it has not that shape."""
    compact = re.sub(r"[^A-Z0-9]", "", absorb(text).upper())
    match = _MEMBER_NUMBER.fullmatch(compact)
    if not match:
        return None
    prefix, year, number, check = match.groups()
    return f"{prefix}-{year}-{number.zfill(6)}-{check}"


def member_check(digits: str) -> str:
    """The letter that ends a member number, over its year and number: `2019004812` → `K`.

    The remainder by 23 of the whole number, as on Spanish identity cards: any wrong digit and any two
    neighbours swapped give another letter, and no letter looks like a digit.
    """
    return MEMBER_CHECK[int(digits) % 23]


def normalise_file_number(text: str) -> str:
    """A file number as it is compared: in capitals, no space and no dash of any kind."""
    return re.sub(r"[-\u2010-\u2015\u2212]", "", absorb(text).upper())


def identify(text: str) -> Identifier:
    """Which account a person means: by e-mail where there is an @, else by member number."""
    text = absorb(text)
    if "@" in text:
        return Identifier("email", normalise_email(text))
    number = normalise_member_number(text)
    if number:
        return Identifier("member_number", number)
    return Identifier("unknown", text.lower()[:200])


def check_character(body: str) -> str:
    """The check character of a reference: weighted sum modulo 29, so one slip or one swap is seen."""
    digits = [ALPHABET.index(c) for c in body if c in ALPHABET]
    return ALPHABET[sum((i + 2) * d for i, d in enumerate(digits)) % 29]


def has_check_character(code: str) -> bool:
    """Whether `code` (separators ignored) ends with its own check character."""
    compact = "".join(c for c in absorb(code).upper() if c.isalnum())
    return len(compact) > 1 and all(c in ALPHABET for c in compact) and check_character(compact[:-1]) == compact[-1]


def new_activation_code() -> str:
    """Ten characters that people don't confuse, the last one a check: `K7QF-2M9TX3`."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(9))
    code = body + check_character(body)
    return f"{code[:4]}-{code[4:]}"


def normalise_code(text: str) -> str:
    """A code as it is compared: capitals, no separator, O read as 0 is not in the alphabet anyway."""
    return "".join(c for c in absorb(text).upper() if c.isalnum())


def fold(text: str) -> str:
    """A name for searching and comparing: no accent, no case, any apostrophe or hyphen as a space.

    Letters of other alphabets stay: a name in Greek or Arabic is a name.
    """
    text = unicodedata.normalize("NFKD", text.translate(_UNDECOMPOSED))
    text = "".join(c for c in text if not unicodedata.combining(c)).casefold()
    return " ".join(re.sub(r"[\W_]+", " ", text).split())
