"""A help article: a head in YAML between two lines of dashes, then a text in Markdown."""

from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from xpassfam.definitions.loading import Problem, Refused, load_tree
from xpassfam.definitions.trees import build
from xpassfam.help import markdown

SCHEMA = Path(__file__).parent / "article.schema.json"
DASHES = "---"
LONGEST_TEXT = 12_000
# Addresses under /aide/ that are pages of their own.
TAKEN = frozenset(("connexion", "verification", "recherche"))


@dataclass(frozen=True)
class Words:
    """What is read of an article in one language."""

    title: str
    summary: str
    text: str = ""
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True)
class Article:
    """`topics`: the moments of trouble at which it is offered. `is_own`: the organisation wrote this version."""

    title: str
    situation: str
    summary: str
    keywords: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    position: int = 100
    related: tuple[str, ...] = ()
    en: Words | None = None
    text: str = ""
    slug: str = ""
    is_own: bool = False

    def in_language(self, language: str) -> Words:
        """In French where it was not written in that language: `has_language` says so."""
        if language == "en" and self.en:
            return self.en
        return Words(self.title, self.summary, self.text, self.keywords)

    def has_language(self, language: str) -> bool:
        return language != "en" or self.en is not None


def load(source: str, *, slug: str, is_own: bool = False) -> Article:
    """The article that a text holds; Refused with everything that is wrong with it, by line."""
    lines = source.replace("\r\n", "\n").split("\n")
    if lines[0].strip() != DASHES or DASHES not in (line.strip() for line in lines[1:]):
        raise Refused([Problem(1, _("L’article commence par un en-tête entre deux lignes de trois tirets : ---"))])
    end = next(number for number, line in enumerate(lines[1:], 1) if line.strip() == DASHES)
    try:
        # The line of the dashes is kept, as a comment: lines are told as they stand in the whole text.
        tree = load_tree("\n".join(["#", *lines[1:end]]), schema=SCHEMA).tree
    except Refused as refusal:
        raise Refused(list(refusal.problems)) from refusal
    text = "\n".join(lines[end + 1 :]).strip()
    if problems := [*_of_text(text, first=end + 2), *_of_english(tree)]:
        raise Refused(problems)
    return build(Article, {**tree, "text": text, "slug": slug, "is_own": is_own})


def _of_text(text: str, *, first: int) -> list[Problem]:
    if not text:
        return [Problem(first, _("Il manque le texte, sous l’en-tête."))]
    if len(text) > LONGEST_TEXT:
        return [Problem(first, _("Le texte est trop long : 12 000 caractères au plus."))]
    return [Problem(first + line, said) for line, said in markdown.problems(text)]


def _of_english(tree: dict[str, dict[str, str]]) -> list[Problem]:
    return [Problem(1, said) for _line, said in markdown.problems(tree.get("en", {}).get("text", ""))]
