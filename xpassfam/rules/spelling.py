"""Names spelt nearly right: which words may be meant by a typed one, and how they are found again by equality.

Every word has keys: itself, itself less one letter (each in turn), and its beginnings. A typed word and the word that
is meant share one, whatever single letter was added, forgotten, changed or swapped with its neighbour. Any database
finds equal keys by an index: nothing here depends on which one, nor on how it sorts letters.
"""

from xpassfam.rules.identifiers import fold

SHORTEST_BEGINNING = 3
SHORTEST_SLIP = 4  # « Léa » and « Lia » are two names
LONGEST = 40
# They part names without telling persons apart.
PARTICLES = frozenset(("d", "de", "des", "du", "l", "la", "le", "les", "von", "van", "ben", "el", "al"))

EXACT, BEGINNING, SLIP = range(3)


def words_of(*names: str) -> set[str]:
    """What a person may be looked for by: each word of a name, and words in one (« Le Goff », « legoff »)."""
    found: set[str] = set()
    for name in names:
        parts = fold(name).split()
        found.update(parts)
        for size in range(2, len(parts) + 1):
            found.add("".join(parts[:size]))
            found.add("".join(parts[-size:]))
    return {word[:LONGEST] for word in found}


def typed_words(text: str, *, most: int) -> list[str]:
    """The words of a search; particles only where there is nothing else."""
    words = [word[:LONGEST] for word in fold(text).split()]
    telling = [word for word in words if word not in PARTICLES]
    return list(dict.fromkeys(telling or words))[:most]


def keys_of(word: str) -> set[str]:
    """The keys of a known word."""
    beginnings = {word[:size] for size in range(SHORTEST_BEGINNING, len(word))}
    return {word} | beginnings | _less_one(word)


def keys_of_typed(word: str) -> set[str]:
    """The keys under which what is meant by a typed word may be found."""
    return {word} | _less_one(word)


def closeness(typed: str, known: str) -> int | None:
    """EXACT, BEGINNING (of a longer word), SLIP (one letter); None where another word is meant."""
    if typed == known:
        return EXACT
    if len(typed) >= SHORTEST_BEGINNING and known.startswith(typed):
        return BEGINNING
    return SLIP if is_one_slip(typed, known) else None


def is_one_slip(one: str, other: str) -> bool:
    """Whether a single letter was added, forgotten, changed, or swapped with its neighbour."""
    shorter, longer = sorted((one, other), key=len)
    if len(longer) < SHORTEST_SLIP or len(longer) - len(shorter) > 1:
        return False
    start = next((i for i, letter in enumerate(shorter) if letter != longer[i]), len(shorter))
    if len(shorter) < len(longer):
        return shorter[start:] == longer[start + 1 :]
    rest, other_rest = shorter[start:], longer[start:]
    is_swapped = rest[:2] == other_rest[1::-1] and rest[2:] == other_rest[2:]
    return rest[1:] == other_rest[1:] or is_swapped


def _less_one(word: str) -> set[str]:
    if len(word) < SHORTEST_SLIP - 1:
        return set()
    return {word[:i] + word[i + 1 :] for i in range(len(word))}
