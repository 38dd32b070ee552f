"""What people type to say who they are, brought to one exact form.

Plain functions: the same text always gives the same identifier, and nothing is looked up.
"""

import functools
import re
import secrets
import unicodedata
from dataclasses import dataclass
from typing import Literal

# No I, L, O, 0, 1 (taken for each other), U (V by hand), Z (2 by hand). Twenty-nine are left, a prime:
# the weighted sum of `check_character` misses no single slip and no swap of neighbours.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXY"
# `#` a digit, `@` a letter, the rest as it stands; the last run of digits may lack its leading zeros.
MEMBER_NUMBER = "@@@-####-######-@"
MEMBER_CHECK = "TRWAGMYFPDXBNJZSQVHLCKE"
_UNDECOMPOSED = str.maketrans(
    {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ł": "l", "Ł": "l", "ı": "i"}
)
_BASE32 = b"abcdefghijklmnopqrstuvwxyz234567" * 8  # a letter for each byte, each as often
_PUBLIC_ID = re.compile(r"[a-z2-7]{26}")
_INVISIBLE = {"Cc", "Cf", "Zs", "Zl", "Zp"}
_VARIATION_SELECTORS = re.compile("[\ufe00-\ufe0f]")
_NO_LETTERS = re.compile(r"[\W_]+")
_MAILBOX_IN_BRACKETS = re.compile(r".*<([^<>]+@[^<>]+)>")


@dataclass(frozen=True)
class Identifier:
    """What was typed, as the database knows it. `kind` says which column to ask."""

    kind: Literal["email", "member_number", "unknown"]
    value: str


def absorb(text: str) -> str:
    """Drop what pasting adds (spaces of any width, invisible characters) and full-width forms."""
    if text.isascii() and text.isprintable():  # nothing but spaces to drop: most of what is typed
        return text.replace(" ", "")
    # Twice: an invisible character may part a letter from its accent, and « ´ » unfolds into a space.
    for _ in range(2):
        text = unicodedata.normalize("NFKC", _without_invisible(text))
    return _without_invisible(text)


def _without_invisible(text: str) -> str:
    seen = "".join(c for c in text if unicodedata.category(c) not in _INVISIBLE)
    return _VARIATION_SELECTORS.sub("", seen)


def normalise_email(text: str) -> str:
    """One form per mailbox: no space, lower case, the domain as mail servers write it (`xn--…`).

    Takes what mail programs copy, too: `mailto:lea@…`, `Léa <lea@…>`. Messages go to this form,
    never to what was typed, so look-alike letters can't divert them.
    """
    text = unicodedata.normalize("NFC", absorb(text).lower())
    in_brackets = _MAILBOX_IN_BRACKETS.fullmatch(text)
    mailbox = in_brackets.group(1) if in_brackets else text
    local, at, domain = mailbox.removeprefix("mailto:").rpartition("@")
    return f"{local}{at}{_ascii_domain(domain.rstrip('.'))}"


def _ascii_domain(domain: str) -> str:
    if domain.isascii():
        return domain
    try:
        return domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return domain


# « N° », « Nº », « № », « Numéro » before the number, as letters print it.
_CALLED_A_NUMBER = re.compile(r"^(N[°O]|NUM[EÉ]RO)[.:]*")


def normalise_member_number(text: str, *, pattern: str = MEMBER_NUMBER) -> str | None:
    """`esf 2019 4812 k`, `N° ESF-2019-004812-K` → `ESF-2019-004812-K`; None where it has not the pattern's shape."""
    shape, runs = _shape(pattern)
    typed = absorb(text).upper()
    match = shape.fullmatch(typed) or shape.fullmatch(_CALLED_A_NUMBER.sub("", typed))
    if not match:
        return None
    parts = iter(part.rjust(len(run), "0") for part, run in zip(match.groups(), runs, strict=True))
    return re.sub(r"[A-Z0-9#@]+", lambda whole: "".join(next(parts) for _ in _runs(whole.group())), pattern.upper())


def _runs(pattern: str) -> list[str]:
    return re.findall(r"#+|@+|[A-Z0-9]+", pattern.upper())


@functools.cache
def _shape(pattern: str) -> tuple[re.Pattern[str], list[str]]:
    runs = _runs(pattern)
    last_digits = max((i for i, run in enumerate(runs) if run[0] == "#"), default=-1)
    parts = {"#": r"(\d{%d})", "@": r"([A-Z]{%d})"}
    shape = [parts[run[0]] % len(run) if run[0] in parts else f"({run})" for run in runs]
    if last_digits >= 0:
        shape[last_digits] = rf"(\d{{1,{len(runs[last_digits])}}})"
    return re.compile(r"[\W_]*".join(shape)), runs


def member_check(digits: str) -> str:
    """The letter that ends a member number, over its year and number: `2019004812` → `K`.

    The remainder by 23 of the whole number, as on Spanish identity cards: any wrong digit and any two
    neighbours swapped give another letter, and no letter looks like a digit.
    """
    return MEMBER_CHECK[int(digits) % 23]


def has_member_check(number: str) -> bool:
    """Whether a member number in its exact form ends with the letter of its digits."""
    return number[-1] == member_check(re.sub(r"\D", "", number))


def normalise_file_number(text: str) -> str:
    """A file number as it is compared: in capitals, no space and no dash of any kind."""
    return re.sub(r"[-\u2010-\u2015\u2212]", "", absorb(text).upper())


def identify(text: str, *, pattern: str = MEMBER_NUMBER) -> Identifier:
    """Which account a person means: by e-mail where there is an @, else by member number."""
    text = absorb(text)
    if "@" in text:
        return Identifier("email", normalise_email(text))
    number = normalise_member_number(text, pattern=pattern)
    if number:
        return Identifier("member_number", number)
    return Identifier("unknown", text.lower()[:200])


def check_character(body: str) -> str:
    """The check character of `body`, at most 25 characters of ALPHABET (ValueError otherwise).

    Weights 2, 3, 4… modulo 29: none is 0 and no two neighbours' are equal, check character
    (weight −1) included, so any one wrong character and any swap of neighbours is seen.
    """
    if len(body) > 25:
        raise ValueError("too long for its check character")
    return ALPHABET[sum(i * ALPHABET.index(c) for i, c in enumerate(body, start=2)) % len(ALPHABET)]


def has_check_character(code: str) -> bool:
    """Whether `code` (separators ignored) ends with its own check character."""
    compact = normalise_code(code)
    if not 1 < len(compact) <= 26 or any(c not in ALPHABET for c in compact):
        return False
    return check_character(compact[:-1]) == compact[-1]


def new_activation_code() -> str:
    """Ten characters that people don't confuse, the last one a check: `K7QF-2M9TX3`."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(9))
    code = body + check_character(body)
    return f"{code[:4]}-{code[4:]}"


def new_reference(prefix: str = "XP") -> str:
    """A reference to say on the telephone, the last character a check (over the prefix too): `XP-7K3Q`."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(3))
    return f"{prefix}-{body}{check_character(prefix + body)}"


def new_public_id() -> str:
    """130 random bits in base 32: stands in addresses, is not a right of access."""
    return secrets.token_bytes(26).translate(_BASE32).decode("ascii")


def is_public_id(text: str) -> bool:
    """Whether it is written as one: what is not is asked of no database."""
    return _PUBLIC_ID.fullmatch(text) is not None


def new_public_ids(number: int) -> list[str]:
    """Many at once, from one draw."""
    drawn = secrets.token_bytes(26 * number).translate(_BASE32).decode("ascii")
    return [drawn[start : start + 26] for start in range(0, len(drawn), 26)]


def normalise_code(text: str) -> str:
    """A code as it is compared: capitals, no separator."""
    return "".join(c for c in absorb(text).upper() if c.isalnum())


def fold(text: str) -> str:
    """A name for searching and comparing: no accent, no case, any apostrophe or hyphen as a space.

    Letters of other alphabets stay: a name in Greek or Arabic is a name.
    """
    if text.isascii():
        return " ".join(_NO_LETTERS.sub(" ", text.lower()).split())
    text = unicodedata.normalize("NFKD", text.translate(_UNDECOMPOSED))
    text = "".join(c for c in text if not unicodedata.combining(c)).casefold()
    return " ".join(_NO_LETTERS.sub(" ", text).split())
