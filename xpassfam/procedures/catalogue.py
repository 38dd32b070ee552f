"""The catalogue: what can be asked for, found by category, by what happens in life, or by words spelt nearly right."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xpassfam.procedures.eligibility import Standing, standing
from xpassfam.procedures.facts import Facts
from xpassfam.procedures.language import Category, Definition, LifeEvent
from xpassfam.procedures.models import Procedure
from xpassfam.rules.searching import best

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
    texts = [_texts(one.definition) for one in found]
    return [found[place] for place in best(texts, text)]


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


def _texts(definition: Definition) -> tuple[str, ...]:
    """What it is called counts most."""
    return definition.title, " ".join(definition.keywords), f"{definition.note} {definition.purpose}"
