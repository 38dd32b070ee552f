"""The catalogue: what can be asked for, found by category, by what happens in life, or by words spelt nearly right."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xpassfam.procedures.eligibility import Standing, standing
from xpassfam.procedures.facts import Facts
from xpassfam.procedures.language import Category, Definition, LifeEvent
from xpassfam.procedures.models import Procedure
from xpassfam.rules.identifiers import fold
from xpassfam.rules.spelling import PARTICLES, closeness, typed_words

MOST_WORDS = 6
FAR = 1000
# Words of a question, that are in every procedure or in none.
EMPTY = PARTICLES | frozenset(
    ("un", "une", "ma", "mon", "mes", "me", "je", "j", "veux", "voudrais", "comment", "faire", "pour", "a", "au", "aux")
)

CATEGORIES: dict[Category, str | Promise] = {
    Category.AID: _("Demander une aide"),
    Category.HOUSEHOLD: _("Mon foyer change"),
    Category.MONEY: _("Mes ressources et mon RIB"),
    Category.RIGHTS: _("Mes recours et mes données"),
}
EVENTS: dict[LifeEvent, str | Promise] = {
    LifeEvent.BIRTH: _("Un bébé arrive"),
    LifeEvent.MOVE: _("Nous déménageons"),
    LifeEvent.SEPARATION: _("Nous nous séparons"),
    LifeEvent.SCHOOL: _("C’est la rentrée"),
    LifeEvent.MAJORITY: _("Mon enfant a 18 ans"),
}


@dataclass(frozen=True)
class Entry:
    """A procedure as the catalogue lists it."""

    slug: str
    definition: Definition
    standing: Standing
    notice: str = ""

    @property
    def note(self) -> str:
        return self.definition.note


@dataclass(frozen=True)
class Shelf:
    code: str
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Happening:
    """What happens in a family, as a way in."""

    code: str
    title: str


def entries(facts: Facts, *, text: str = "", event: str = "") -> list[Entry]:
    """Those that a search and an event leave, the best answer first; all of them for none. One query."""
    found = [entry_of(one, facts) for one in Procedure.objects.published()]
    if event:
        found = [one for one in found if event in one.definition.life_events]
    wanted = _wanted(text)
    if not wanted:
        return found
    ranks = [(*_rank(one.definition, wanted), place) for place, one in enumerate(found)]
    fewest = min((missed for missed, _far, _place in ranks), default=0)
    if fewest == len(wanted):
        return []
    return [found[place] for missed, _far, place in sorted(ranks) if missed == fewest]


def entry(slug: str, facts: Facts) -> Entry | None:
    """The procedure of that address. One query."""
    found = Procedure.objects.published().filter(slug=slug).first()
    return entry_of(found, facts) if found else None


def entry_of(procedure: Procedure, facts: Facts) -> Entry:
    definition = procedure.definition
    return Entry(procedure.slug, definition, standing(definition, facts, is_open=procedure.is_open), procedure.notice)


def shelves(found: Iterable[Entry]) -> list[Shelf]:
    listed = list(found)
    rows = ((code, tuple(one for one in listed if one.definition.category is code)) for code in Category)
    return [Shelf(str(code), str(CATEGORIES[code]), row) for code, row in rows if row]


def happenings() -> list[Happening]:
    return [Happening(str(code), str(title)) for code, title in EVENTS.items()]


def happening(code: str) -> Happening | None:
    return next((one for one in happenings() if one.code == code), None)


def _wanted(text: str) -> list[str]:
    words = typed_words(text, most=MOST_WORDS)
    return [word for word in words if word not in EMPTY] or words


def _rank(definition: Definition, wanted: list[str]) -> tuple[int, int]:
    """How many of the words are nowhere in it, and how far the others are: what it is called counts most."""
    title, keywords = _words(definition.title), _words(" ".join(definition.keywords))
    others = _words(f"{definition.note} {definition.purpose}")
    places = [
        min(_closest(word, known) + 10 * weight for weight, known in enumerate((title, keywords, others)))
        for word in wanted
    ]
    near = [far for far in places if far < FAR]
    return len(places) - len(near), sum(near)


def _words(text: str) -> set[str]:
    return set(fold(text).split())


def _closest(word: str, known: set[str]) -> int:
    return min((near for one in known if (near := closeness(word, one)) is not None), default=FAR)
