"""Which passwords are good enough. Pure rules: they return codes, `accounts.password_policy` says them.

Source: CNIL, délibération 2022-100 (blocklist, no forced mix when long enough); NIST SP 800-63B-4,
3.1.1.2; OWASP ASVS 5.0, V6.2. The password itself is never changed, NFC apart (see accounts.hashing).
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from xpassfam.rules.common_passwords import is_common
from xpassfam.rules.guesses import is_known_word, judge
from xpassfam.rules.identifiers import fold

# The tries that a password must stand. Long: six years of one core on one stolen hash (20 ms a try).
# Short: what eight characters without any word or pattern give, no more.
LONG_GUESSES = 10**10
SHORT_GUESSES = 10**8
MAX_LENGTH = 256
CLASSES = ("lower", "upper", "digit", "symbol")
# A word that anybody knows stays easy with a year, a postcode and some signs around it.
_DRESSED_WORD = re.compile(r"([\W\d_]*)([^\W\d_]+)([\W\d_]*)")
_DRESS = 8
_SEPARATOR = re.compile(r"(?<=\w\w)[ ._-](?=\w\w)")
_WORDS = re.compile(r"\w+")
_MONTHS = (
    *("janvier", "fevrier", "mars", "avril", "mai", "juin"),
    *("juillet", "aout", "septembre", "octobre", "novembre", "decembre"),
)
_SIGNS = str.maketrans({"4": "a", "@": "a", "3": "e", "1": "i", "!": "i", "0": "o", "5": "s", "$": "s", "7": "t"})


@dataclass(frozen=True)
class Policy:
    """From `length` characters on, strength alone counts; from `mixed_length`, four classes and no pattern."""

    length: int = 12
    mixed_length: int = 8


@dataclass(frozen=True)
class Context:
    """What somebody who knows the person, or finds the list of members, would try first.

    `own`: names of the person and of those at home, e-mail, member and file numbers: none may stand in
    the password. `around`: the organisation's words: they may, and count for nothing.
    """

    own: tuple[str, ...] = ()
    birth_dates: tuple[date, ...] = ()
    around: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refusal:
    """`code`, with what the sentence needs: the words at fault, the classes or the number that miss."""

    code: str
    words: tuple[str, ...] = ()
    number: int = 0


def refusals(password: str, *, policy: Policy, context: Context) -> list[Refusal]:
    """Why `password` can't be taken, what to do first coming first; none: it is good."""
    password = unicodedata.normalize("NFC", password)
    length = len(password)
    if length > MAX_LENGTH:
        return [Refusal("too_long", number=MAX_LENGTH)]
    if password != password.strip():
        return [Refusal("outer_space")]
    missing = missing_classes(password)
    found = []
    if length < policy.mixed_length or (length < policy.length and missing):
        found.append(Refusal("too_short", missing, policy.length - length))
    if own := _own_word(password, context):
        return [*found, Refusal("own_word", (own,))]
    weakness = _weakness(password, context, LONG_GUESSES if length >= policy.length else SHORT_GUESSES)
    if weakness and not (found and weakness == "guessable_bruteforce"):
        found.append(Refusal(weakness))
    return found


def missing_classes(password: str) -> tuple[str, ...]:
    """Of lower case, upper case, digits and symbols (anything else, letters without case included)."""
    present = {
        "lower": any(c.islower() for c in password),
        "upper": any(c.isupper() for c in password),
        "digit": any(c.isdigit() for c in password),
        "symbol": any(not (c.islower() or c.isupper() or c.isdigit()) for c in password),
    }
    return tuple(name for name in CLASSES if not present[name])


def _weakness(password: str, context: Context, needed: int) -> str | None:
    # Hyphens and spaces between words add little: `azerty-qsdfgh-wxcvbn` is one walk.
    for text, tries in {_SEPARATOR.sub("", password): needed // 10, password: needed}.items():
        if is_common(text):
            return "common"
        if _is_dressed_word(text, context):
            return "guessable_dictionary"
        judgement = judge(text, _easy_words(context))
        if judgement.guesses < tries:
            return f"guessable_{judgement.made_of}"
    return None


def _is_dressed_word(password: str, context: Context) -> bool:
    """`Soleil75000`, `2024Bonjour!`, `**Estuaire44**`."""
    match = _DRESSED_WORD.fullmatch(password)
    if not match or len(match[1] + match[3]) > _DRESS:
        return False
    return is_known_word(match[2]) or fold(match[2]) in _easy_words(context)


def _easy_words(context: Context) -> list[str]:
    """Every word around the person, as written and without accents."""
    words = [word for text in context.own + context.around for word in (*_WORDS.findall(text), *fold(text).split())]
    dates = [spelling for day in context.birth_dates for spelling in _spellings(day)]
    return list(dict.fromkeys([word.casefold() for word in words] + dates))


def _own_word(password: str, context: Context) -> str:
    """What of the person's own stands in the password, as the person writes it."""
    found = (_word_within(password, text) or _number_within(password, text) for text in context.own)
    dates = (_date_within(password, day) for day in context.birth_dates)
    return next(filter(None, (*found, *dates)), "")


def _word_within(password: str, text: str) -> str:
    """The longest word of `text` found in the password: anywhere from five letters, else standing alone."""
    text = text.partition("@")[0]
    variants = (fold(password), fold(password.casefold().translate(_SIGNS)))
    for word in sorted({*_WORDS.findall(text), text}, key=len, reverse=True):
        bare = fold(word).replace(" ", "")
        if not bare or bare.isdigit():
            continue
        if len(bare) >= 5 and any(bare in variant.replace(" ", "") for variant in variants):
            return word
        alone = rf"(?<![^\W\d_]){re.escape(bare)}(?![^\W\d_])"
        if 3 <= len(bare) < 5 and any(re.search(alone, variant) for variant in variants):
            return word
    return ""


def _number_within(password: str, text: str) -> str:
    """A number of five digits or more, leading zeros or not: `004812` is `4812`; `000007` is `0007`, not any 7."""
    plain = fold(password).replace(" ", "")
    for run in re.findall(r"\d{5,}", text):
        if re.search(rf"(?<!\d)0*{run.lstrip('0').rjust(4, '0')}(?!\d)", plain):
            return run
    return ""


def _date_within(password: str, day: date) -> str:
    """A spelling of `day` in the password: whole anywhere, its year or its day and month standing alone."""
    plain = fold(password)
    together = re.sub(r"(?<=\d) (?=\d)", "", plain)
    for spelling in _spellings(day):
        if len(spelling) > 5 and spelling in together.replace(" ", ""):
            return spelling
        if re.search(rf"(?<!\d){spelling}(?!\d)", together) or re.search(rf"(?<!\d){spelling}(?!\d)", plain):
            return spelling
    return ""


def _spellings(day: date) -> list[str]:
    d, m, y = f"{day.day:02}", f"{day.month:02}", f"{day.year}"
    whole = [f"{d}{m}{y}", f"{y}{m}{d}", f"{m}{d}{y}", f"{d}{m}{y[2:]}", f"{y[2:]}{m}{d}", f"{m}{d}{y[2:]}"]
    in_words = [f"{day.day}{_MONTHS[day.month - 1]}", f"{_MONTHS[day.month - 1]}{y}"]
    without_zeros = [f"{day.day}{day.month}{y}", f"{y}{day.month}{day.day}"]
    return list(dict.fromkeys([*whole, *without_zeros, *in_words, y, f"{d}{m}", f"{m}{d}"]))
