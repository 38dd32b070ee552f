"""References of requests, to be read aloud and copied by hand: `D-7K3Q-M2XP`.

Seven random characters and their check: no count to guess from, and 29⁷ of them (17 billion).
"""

import itertools
import re
import secrets
from collections.abc import Iterator

from xpassfam.rules.identifiers import ALPHABET, absorb, check_character

LENGTH = 8
# What people write for a character of ours: those on the left are in no reference.
MEANT_BY = {"O": "DQ", "0": "DQ8", "I": "7JT", "1": "7JT", "L": "7JT", "U": "VY", "Z": "27"}
# Beyond, whoever reads it sees badly: the check character would end up accepting something.
MOST_MISREAD = 2


def new_reference(prefix: str = "D") -> str:
    """Unique by chance only: a column that holds it is unique, and who meets a namesake draws again."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return _written(prefix, body + check_character(prefix + body))


def normalise_reference(typed: str, *, prefix: str = "D") -> str | None:
    """`d 7k3q m2xp`, `7K3QM2XP` → `D-7K3Q-M2XP`; None where no reference, or more than one, could be meant.

    Any one wrong character and any swap of neighbours is seen, not mended (`near_references` does). Letters that no
    reference holds (O, 0, I, 1, L, U, Z) are read as those they are taken for, where the check leaves one reading.
    """
    compact = _compact(typed)
    if len(compact) == LENGTH + len(prefix):
        head, compact = compact[: len(prefix)], compact[len(prefix) :]
        if not all(meant in (typed, *MEANT_BY.get(typed, "")) for typed, meant in zip(head, prefix, strict=True)):
            return None
    if len(compact) != LENGTH:
        return None
    foreign = [character for character in compact if character not in ALPHABET]
    if len(foreign) > MOST_MISREAD:
        return None
    choices = [c if c in ALPHABET else MEANT_BY.get(c, "") for c in compact]
    readings = [code for code in map("".join, itertools.product(*choices)) if _is_checked(prefix, code)]
    return _written(prefix, readings[0]) if len(readings) == 1 else None


def near_references(typed: str, *, prefix: str = "D") -> frozenset[str]:
    """What somebody could have meant who made one slip: a character wrong, missing or too many, two neighbours swapped.

    The check character leaves one reading for each place: some thirty at most, whatever is typed.
    """
    compact = _compact(typed)
    bodies = {compact, compact.removeprefix(prefix)}
    codes = {code for body in bodies for code in _one_slip_from(body) if set(code) <= set(ALPHABET)}
    return frozenset(_written(prefix, code) for code in codes if _is_checked(prefix, code))


def _one_slip_from(body: str) -> Iterator[str]:
    places = range(len(body))
    if len(body) == LENGTH - 1:
        yield from (body[:place] + missed + body[place:] for place in range(LENGTH) for missed in ALPHABET)
    elif len(body) == LENGTH:
        yield from (body[:place] + meant + body[place + 1 :] for place in places for meant in ALPHABET)
        yield from (body[:place] + body[place + 1] + body[place] + body[place + 2 :] for place in places[:-1])
    elif len(body) == LENGTH + 1:
        yield from (body[:place] + body[place + 1 :] for place in places)


def _compact(typed: str) -> str:
    return re.sub(r"[\W_]", "", absorb(typed).upper())


def _is_checked(prefix: str, code: str) -> bool:
    return check_character(prefix + code[:-1]) == code[-1]


def _written(prefix: str, code: str) -> str:
    return f"{prefix}-{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"
