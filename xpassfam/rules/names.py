"""Whether two ways of writing a name mean the same person. Forgiving by design: never a proof alone."""

import re
import unicodedata
from collections.abc import Iterable

from xpassfam.rules.identifiers import fold

_APOSTROPHES = "'’‘ʼ´`"
_HYPHENS = "-‐‑–"
_BETWEEN = re.compile(r"[.,](?=[\s.,‐‑–-]|$)")  # « J.-P. », « Jean, Marie »; never inside a word, as in an address


def may_be_name(text: str) -> bool:
    """Whether this can be somebody's name: letters of any alphabet, and what stands between them. No line, no address.

    Names of one letter, particles, accents and apostrophes pass. What doesn't could be a message of its own.
    """
    rest = _BETWEEN.sub("", text)
    kinds = {unicodedata.category(c)[0] for c in rest if c not in _APOSTROPHES + _HYPHENS + "·" and not _is_space(c)}
    return "L" in kinds and kinds <= {"L", "M"}


def _is_space(character: str) -> bool:
    return unicodedata.category(character) == "Zs"


def are_same(
    last_name: str, first_names: str, *, known_last_name: str, known_first_names: str, known_birth_name: str = ""
) -> bool:
    """Whether what was typed may be the known person.

    Accents, case, hyphens and apostrophes don't count; the first of several given names is enough; a
    partner's and a birth name go in any order, or one without the other; last and first names typed in
    each other's field are read as they were meant.
    """
    last_names = list(_ways_to_write(known_last_name, known_birth_name))
    return any(
        _is_one_of(last, last_names) and _start_alike(first, known_first_names)
        for last, first in ((last_name, first_names), (first_names, last_name))
    )


def is_written_in(text: str, *, last_name: str, first_names: str, birth_name: str = "") -> bool:
    """Whether a line such as the holder of an account bears the person's name: « M. MARTIN Camille », « Mme Camille
    Martin ou M. Karim Benali ». One of their last names, and the name they are called by.
    """
    words = _words(text)
    names = [*map(_words, _ways_to_write(last_name, birth_name)), [_letters(last_name)]]
    return set(_words(called_by(first_names))) <= set(words) and any(name and set(name) <= set(words) for name in names)


def sorting_key(last_name: str, first_names: str) -> tuple[str, str, str, str]:
    """By last name, then first names; accents, case and hyphens only tell namesakes apart.

    A particle `de` or `d’` doesn't count, `Le`, `La`, `Du` and `Des` do: « de Gaulle » stands under G, « Du
    Bellay » and « Le Goff » under D and L.

    Source: AFNOR, NF Z44-001 (alphabetical order of names of persons).
    """
    folded = fold(last_name)
    return re.sub(r"^(de la|de|d) (?=\w)", _particle, folded), fold(first_names), last_name, first_names


def _particle(found: "re.Match[str]") -> str:
    """`de La Fontaine` stands under L."""
    return "la " if found[1] == "de la" else ""


def _ways_to_write(last_name: str, birth_name: str) -> Iterable[str]:
    """`Martin-Benali`, born Roux: the whole, each half, the birth name, and both together."""
    parts = [name.strip() for name in (last_name, birth_name, *last_name.split("-"), *birth_name.split("-"))]
    yield from filter(None, parts)
    if birth_name:
        yield f"{last_name} {birth_name}"


def _is_one_of(typed: str, names: Iterable[str]) -> bool:
    return any(_letters(typed) == _letters(name) or _words(typed) == _words(name) for name in names if fold(name))


def _letters(name: str) -> str:
    """`Le Goff`, `LEGOFF` and `le-goff` alike."""
    return fold(name).replace(" ", "")


def _words(name: str) -> list[str]:
    """`Martin Benali` and `Benali-Martin` alike."""
    return sorted(fold(name).split())


def _start_alike(typed: str, known: str) -> bool:
    """`Jean` or `Jean-Luc` for `Jean-Luc, Marie`; not `Luc`, not `Jeanne`."""
    shorter, longer = sorted((fold(typed).split(), fold(known).split()), key=len)
    if not shorter:
        return False
    return longer[: len(shorter)] == shorter or _letters(typed) == _letters(known)


def called_by(first_names: str) -> str:
    """The name one is called by: the first of several given names."""
    return first_names.replace(",", " ").split()[0]


def initials_of(first: str, last: str) -> str:
    """« C. M. »: enough to see that a paper is about the person in front of one, too little to learn who it is."""
    return f"{first[0].upper()}. {last[0].upper()}."
