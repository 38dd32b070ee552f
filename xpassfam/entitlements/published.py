"""The rules as they were published, of any day. Built once for as long as none is published."""

import hashlib
from dataclasses import dataclass, field
from datetime import date

from xpassfam.definitions.trees import build
from xpassfam.entitlements.language import Right, Vocabulary
from xpassfam.entitlements.language.loading import words_of
from xpassfam.entitlements.models import VOCABULARY, Version
from xpassfam.entitlements.rules import Rule, Rules
from xpassfam.organisation.models import current as current_organisation
from xpassfam.rules.criteria import OF_RIGHTS


class NoRules(LookupError):
    """Nothing is published: what rules share, to begin with."""


@dataclass(frozen=True)
class Book:
    """Every version, in the order in which they apply."""

    versions: tuple[Version, ...]
    _built: dict[date, Rules] = field(default_factory=dict, compare=False, repr=False)

    @property
    def edges(self) -> frozenset[date]:
        """The days on which one of them begins to apply."""
        return frozenset(one.since for one in self.versions)

    @property
    def digest(self) -> str:
        """The same as long as none is published."""
        return hashlib.sha256(
            " ".join(f"{one.code}.{one.number}.{one.digest}" for one in self.versions).encode()
        ).hexdigest()

    def on(self, day: date) -> Rules:
        """Raise NoRules. Before the first of all, the first: a family asks about a day before we kept rules."""
        edge = max((edge for edge in self.edges if edge <= day), default=date.min)
        if edge not in self._built:
            self._built[edge] = _rules_on(self.versions, edge)
        return self._built[edge]


def digest_of(rules: Book) -> str:
    """What answers hang on besides a home's facts: the rules, and the legal profile at which they look."""
    return f"{rules.digest[:50]} {current_organisation().legal_profile}"


_books: dict[tuple[tuple[int, str], ...], Book] = {}


def book() -> Book:
    """One query where nothing changed."""
    key = tuple(Version.objects.order_by("pk").values_list("pk", "digest"))
    if key not in _books:
        _books.clear()
        _books[key] = Book(tuple(Version.objects.by_day()))
    return _books[key]


def rules_on(day: date) -> Rules:
    return book().on(day)


def _rules_on(versions: tuple[Version, ...], day: date) -> Rules:
    standing: dict[str, Version] = {}
    first: dict[str, Version] = {}
    for one in versions:
        first.setdefault(one.code, one)
        if one.applies_on(day):
            standing[one.code] = one
    shared = standing.get(VOCABULARY) or first.get(VOCABULARY)
    if shared is None:
        raise NoRules
    vocabulary = build(Vocabulary, shared.tree, OF_RIGHTS)
    words = words_of(vocabulary)
    rights = (one for code, one in sorted(standing.items()) if code != VOCABULARY and one.is_open)
    return Rules(vocabulary, tuple(Rule(build(Right, one.tree, words), one.number) for one in rights))
