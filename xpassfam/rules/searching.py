"""A short list found by words spelt nearly right: what is called so first, then what speaks of it."""

from collections.abc import Sequence

from xpassfam.rules.identifiers import fold
from xpassfam.rules.spelling import PARTICLES, closeness, typed_words

MOST_WORDS = 6
FAR = 1000
# Words of a question, that are in every text or in none.
EMPTY = PARTICLES | frozenset(
    ("un", "une", "ma", "mon", "mes", "me", "je", "j", "veux", "voudrais", "comment", "faire", "pour", "a", "au", "aux")
)


def best(texts: Sequence[Sequence[str]], searched: str) -> list[int]:
    """The places of those that a search means, the best first; all of them for no search.

    Of each, its texts from the one that tells most (its title) to the one that tells least.
    """
    wanted = _wanted(searched)
    if not wanted:
        return list(range(len(texts)))
    ranks = [(*_rank(one, wanted), place) for place, one in enumerate(texts)]
    fewest = min((missed for missed, _far, _place in ranks), default=0)
    if fewest == len(wanted):
        return []
    return [place for missed, _far, place in sorted(ranks) if missed == fewest]


def _wanted(searched: str) -> list[str]:
    words = typed_words(searched, most=MOST_WORDS)
    return [word for word in words if word not in EMPTY] or words


def _rank(texts: Sequence[str], wanted: list[str]) -> tuple[int, int]:
    """How many of the words are nowhere in them, and how far the others are."""
    known = [set(fold(text).split()) for text in texts]
    places = [min(_closest(word, words) + 10 * weight for weight, words in enumerate(known)) for word in wanted]
    near = [far for far in places if far < FAR]
    return len(places) - len(near), sum(near)


def _closest(word: str, known: set[str]) -> int:
    return min((near for one in known if (near := closeness(word, one)) is not None), default=FAR)
