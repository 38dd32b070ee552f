"""How many guesses a password stands, as zxcvbn counts them, with French words and keyboards.

zxcvbn knows English words and the qwerty keyboard. Its tables are its only settings: they are
completed here, once, when this module is imported.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from zxcvbn import matching, scoring
from zxcvbn.adjacency_graphs import ADJACENCY_GRAPHS

DATA = Path(__file__).parent / "data"
# What comes after adds strength that is not counted; judging it would cost more than it tells.
JUDGED_LENGTH = 72
# One or two signs for a letter. With zxcvbn's own table (up to four) a chosen password takes 4.6 s.
_SIGNS_FOR_LETTERS = {
    "a": ["4", "@"],
    "e": ["3"],
    "i": ["1", "!"],
    "l": ["1"],
    "o": ["0"],
    "s": ["5", "$"],
    "t": ["7"],
}
_QWERTY = "qwertyuiop[]asdfghjkl;'zxcvbnm,./`1234567890-="
_AZERTY = "azertyuiop^$qsdfghjklmùwxcvbn,;:!²&é\"'(-è_çà)="


@dataclass(frozen=True)
class Judgement:
    """How many tries a good guesser needs, and what the longest part of the password is made of."""

    guesses: int
    made_of: Literal["dictionary", "spatial", "repeat", "sequence", "regex", "date", "bruteforce"]


def judge(password: str, context: Sequence[str] = ()) -> Judgement:
    """Judge `password` against a guesser who knows the words of `context`."""
    judged = password[:JUDGED_LENGTH]
    if not judged:
        return Judgement(0, "bruteforce")
    # A copy: the library would write the words of one person into the table of all.
    words = {"user_inputs": matching.build_ranked_dict([word.casefold() for word in context])}
    matches = matching.omnimatch(judged, matching.RANKED_DICTIONARIES | words)
    found = scoring.most_guessable_match_sequence(judged, matches)
    longest = max(found["sequence"], key=lambda part: len(part["token"]))
    return Judgement(int(found["guesses"]), longest["pattern"])


def is_known_word(text: str) -> bool:
    """Whether `text` is a word, a name or a password that everybody's lists begin with."""
    return any(text.casefold() in ranked for ranked in matching.RANKED_DICTIONARIES.values())


def _azerty() -> dict[str, list[str | None]]:
    """The azerty keyboard as a graph: qwerty's, each key renamed by what is printed on it here."""
    printed = dict(zip(_QWERTY, _AZERTY, strict=True))
    keys = {key: [n and printed.get(n[0], n[0]) for n in near] for key, near in ADJACENCY_GRAPHS["qwerty"].items()}
    graph = {printed[key]: near for key, near in keys.items() if key in printed}
    return graph | {key.upper(): near for key, near in graph.items() if key.isalpha()}


for _name in ("words", "names"):
    _lines = (DATA / f"french-{_name}.txt").read_text(encoding="utf-8").split()
    matching.add_frequency_lists({f"french_{_name}": _lines})
matching.GRAPHS["azerty"] = _azerty()
matching.L33T_TABLE.clear()
matching.L33T_TABLE.update(_SIGNS_FOR_LETTERS)
