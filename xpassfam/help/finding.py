"""Which articles answer what somebody typed, or the trouble they are in. Slips of typing are forgiven.

Doors for other rooms: `search`, `suggest`, `about`.
"""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from math import log

from django.utils.translation import get_language

from xpassfam.help import markdown, shelf
from xpassfam.help.article import Article, Words
from xpassfam.rules.identifiers import fold
from xpassfam.rules.spelling import EXACT, closeness, typed_words

MOST_TYPED = 8
MOST_OF_A_MESSAGE = 60
WEIGHTS = (("title", 8.0), ("keywords", 6.0), ("summary", 3.0), ("text", 1.0))
# They say nothing of what is looked for, in French and in English.
_SAID_BY_ALL = (
    "je j tu il elle on nous vous ils me m te se s ce c ca cela un une le la l les de d du des au aux en y et ou mais "
    "ne n pas plus a ai as est es ont suis etre avoir que qu qui quoi quand comment pourquoi mon ma mes votre vos son "
    "sa ses notre nos pour par sur dans avec sans bonjour merci svp fait faire peux peut veux arrive arrivez toujours "
    "the i my me is to of and or not no can t do does how what when why it in on for with hello please"
)
EMPTY = frozenset(_SAID_BY_ALL.split())
WORTH = 0.55  # of what the most telling word would bring: beneath, nothing is suggested
NEARLY = 0.6  # of a word spelt right
TRIGRAMS = 0.5


@dataclass(frozen=True)
class Link:
    """An article to offer: its words in the reader's language."""

    slug: str
    title: str
    summary: str

    @property
    def url(self) -> str:
        return f"/aide/{self.slug}/"


def search(text: str, *, most: int = 12) -> list[Link]:
    """The articles that a search means, the best first. Every telling word counts, none is needed."""
    words = [word for word in typed_words(text, most=4 * MOST_TYPED) if word not in EMPTY][:MOST_TYPED]
    return [one.link for one in _ranked(words)[:most]]


def suggest(text: str, *, most: int = 3) -> list[Link]:
    """Articles that may answer a message before it is sent: only those that clearly may."""
    typed = [word for word in typed_words(text, most=4 * MOST_OF_A_MESSAGE) if word not in EMPTY and len(word) > 2]
    ranked = _ranked(typed[:MOST_OF_A_MESSAGE])
    least = _index(_language()).most_telling * WORTH
    return [one.link for one in ranked[:most] if one.score >= least and one.words >= min(2, len(typed))]


def about(topic: str, *, most: int = 5) -> list[Link]:
    """The articles for a moment of trouble: see `topics` in the schema."""
    return [link_to(one) for one in _readable() if topic in one.topics][:most]


def by_situation() -> dict[str, list[Link]]:
    """Every article that the reader's language has, under the heading of its situation."""
    found: dict[str, list[Link]] = {}
    for one in _readable():
        found.setdefault(one.situation, []).append(link_to(one))
    return found


def link_to(article: Article) -> Link:
    words = article.in_language(_language())
    return Link(article.slug, words.title, words.summary)


def _readable() -> list[Article]:
    return [one for one in shelf.in_order(shelf.articles()) if one.has_language(_language())]


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "fr"


@dataclass(frozen=True)
class Index:
    """Of each word, what it weighs in each article."""

    weights: dict[str, dict[str, float]]
    most_telling: float
    trigrams: dict[str, frozenset[str]]


_made: dict[str, tuple[shelf.Shelf, Index]] = {}


def _index(language: str) -> Index:
    """Made again when the shelf changed."""
    read = shelf.articles()
    if language not in _made or _made[language][0] is not read:
        _made[language] = (read, _build([one for one in read.values() if one.has_language(language)], language))
    return _made[language][1]


def _build(articles: list[Article], language: str) -> Index:
    weights: dict[str, dict[str, float]] = {}
    for article in articles:
        for word, weight in _weighed(article.in_language(language)).items():
            weights.setdefault(word, {})[article.slug] = weight
    # A word that many articles say tells little.
    for word, found in weights.items():
        rarity = log(1 + len(articles) / len(found))
        weights[word] = {slug: weight * rarity for slug, weight in found.items()}
    most = WEIGHTS[0][1] * log(1 + len(articles)) if articles else 0
    return Index(weights, most, {word: _trigrams(word) for word in weights if len(word) >= 5})


def _weighed(words: Words) -> dict[str, float]:
    said: dict[str, float] = {}
    texts = {
        "title": words.title,
        "keywords": " ".join(words.keywords),
        "summary": words.summary,
        "text": markdown.plain(words.text),
    }
    for part, weight in WEIGHTS:
        for word in set(fold(texts[part]).split()) - EMPTY:
            said[word] = max(said.get(word, 0), weight)
    return said


@dataclass(frozen=True)
class Match:
    """`words`: how many of those typed it answers."""

    score: float
    words: int
    link: Link


def _ranked(typed: list[str]) -> list[Match]:
    index = _index(_language())
    scores: dict[str, float] = {}
    words: Counter[str] = Counter()
    for word in dict.fromkeys(typed):
        best: dict[str, float] = {}
        for known, likeness in _meant(word, index):
            for slug, weight in index.weights[known].items():
                best[slug] = max(best.get(slug, 0), weight * likeness)
        words.update(best.keys())
        for slug, weight in best.items():
            scores[slug] = scores.get(slug, 0) + weight
    read = shelf.articles()
    ranked = sorted(scores, key=lambda slug: (-scores[slug], read[slug].position))
    return [Match(scores[slug], words[slug], link_to(read[slug])) for slug in ranked]


def _meant(word: str, index: Index) -> list[tuple[str, float]]:
    """The known words that a typed one may mean: itself, a beginning, one slip, else much the same letters."""
    close = [
        (known, 1.0 if how == EXACT else NEARLY)
        for known in index.weights
        if (how := closeness(word, known)) is not None
    ]
    if close or len(word) < 5:
        return close
    typed = _trigrams(word)
    alike = ((known, _likeness(typed, letters)) for known, letters in index.trigrams.items())
    return [(known, NEARLY * likeness) for known, likeness in alike if likeness >= TRIGRAMS]


@lru_cache(maxsize=4096)
def _trigrams(word: str) -> frozenset[str]:
    padded = f"  {word} "
    return frozenset(padded[start : start + 3] for start in range(len(padded) - 2))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)
