"""What a definition holds. The names here are the keys of its YAML; `schema.json` says the same to editors."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from xpassfam.rules.criteria import ALWAYS, Adults, Age, Bracket, Children, Criterion, DayOfYear, Role, atoms_of
from xpassfam.rules.silence import SilenceRule
from xpassfam.rules.time_limits import Delay


class Category(StrEnum):
    """In the order of the catalogue."""

    AID = "aid"
    HOUSEHOLD = "household"
    MONEY = "money"
    RIGHTS = "rights"


class LifeEvent(StrEnum):
    BIRTH = "naissance"
    MOVE = "demenagement"
    SEPARATION = "separation"
    SCHOOL = "rentree"
    MAJORITY = "majorite"


class Type(StrEnum):
    """What a field asks. Of `explanation` nothing is answered."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    AMOUNT = "amount"
    DATE = "date"
    EMAIL = "email"
    PHONE = "phone"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    PERSON = "person"
    PERSONS = "persons"
    GROUP = "group"
    ADDRESS = "address"
    IBAN = "iban"
    MEMBER_NUMBER = "member_number"
    EXPLANATION = "explanation"


# What a row of a group may ask: what takes one line.
IN_GROUPS = frozenset(
    {Type.TEXT, Type.NUMBER, Type.AMOUNT, Type.DATE, Type.EMAIL, Type.PHONE, Type.YES_NO, Type.CHOICE, Type.PERSON}
)


# What one says by contesting a decision from its own page: the answer is known, and the question is not asked.
CONTESTED_ABOUT, ABOUT_A_DECISION = "contested.about", "decision"
# The answer that names what is contested, by the reference of its request.
CONTESTED_REFERENCE = "contested.reference"
# What a yes to a complaint does.
CONTEST = "contest"


class Decision(StrEnum):
    AGENT = "agent"
    AT_ONCE = "at_once"  # a declaration: it takes effect when it is sent


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Field:
    """A question. What its type has no use for is empty.

    `at_least`, `at_most`: of a number, an amount in cents, or a date (see `bounds`; several where all of them hold);
    `why_at_least`, `why_at_most` are what is said of an answer beyond. `not_mine`: an e-mail that is not that of who
    files. `persons`: whom of the home it offers, and `right` the entitlement that is told of each of them. `fields`: of
    a group, with `least` and `most` rows. `purpose`: why it is asked (RGPD, art. 13).
    """

    key: str
    type: Type
    label: str
    hint: str = ""
    optional: bool = False
    purpose: str = ""
    prefill: str = ""
    condition: Criterion = ALWAYS
    choices: tuple[Choice, ...] = ()
    persons: Criterion = ALWAYS
    right: str = ""
    at_least: int | str | tuple[str, ...] | None = None
    at_most: int | str | tuple[str, ...] | None = None
    why_at_least: str = ""
    why_at_most: str = ""
    not_mine: bool = False
    longest: int | None = None
    fields: tuple["Field", ...] = ()
    least: int = 1
    most: int = 10
    row: str = ""  # what a row of a group is: « Autre enfant »
    text: str = ""  # of an explanation: its paragraphs


@dataclass(frozen=True)
class Section:
    """One page of the form."""

    key: str
    title: str
    fields: tuple[Field, ...]
    intro: str = ""
    condition: Criterion = ALWAYS


@dataclass(frozen=True)
class Piece:
    """A supporting document. `kinds` are codes of `documents`, any of which will do; `person`: the answer that says
    whose it is, one piece for each of them whom `persons` does not leave out. Without an indispensable one the
    examination waits. One that comes `later` exists only once we said yes: a yes is under reserve of it. One that
    `serves_home` is read as its kind lets it be, though the request is private: the home's entitlements hang on it.
    Without `reuse` it is new: what was given for another request proves what was before this one. `dated`: the answer
    that says the day it bears.

    Source: CRPA, art. L114-5, L114-5-1.
    """

    key: str
    label: str
    kinds: tuple[str, ...]
    why: str
    indispensable: bool = True
    max_age: Delay | None = None
    person: str = ""
    persons: Criterion = ALWAYS
    later: bool = False
    serves_home: bool = False
    reuse: bool = True
    dated: str = ""
    condition: Criterion = ALWAYS


@dataclass(frozen=True)
class Who:
    """Who may file it. `why_not`: what is said, by the code of what decided (`criteria.Reason`), or `other`."""

    criterion: Criterion = ALWAYS
    why_not: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Period:
    """Between two days of the year, both included: asked for outside of it, it is closed."""

    since: DayOfYear
    until: DayOfYear
    closed: str = ""  # what is said then


@dataclass(frozen=True)
class Reason:
    """Why it may be refused: `sentence` is that of the letter, facts are added by the agent."""

    code: str
    sentence: str
    law: str = ""


@dataclass(frozen=True)
class Effect:
    """What a yes does elsewhere. `answers`: the effect's own names → keys of fields."""

    name: str
    answers: Mapping[str, str] = field(default_factory=dict)
    condition: Criterion = ALWAYS


@dataclass(frozen=True)
class Agreement:
    """The other parent of the child whose residence is shared is asked online, where `condition` holds; `delay` is what
    they are given to answer. What they answer stands for a paper signed by both.
    """

    delay: Delay
    condition: Criterion = ALWAYS


@dataclass(frozen=True)
class Aid:
    """What a yes gives, as much as whoever decides writes: an amount for each person that the answer `persons` names,
    or one for the home. `label` is what payments are called; `right` the code of the entitlement that it uses.
    """

    label: str
    right: str
    persons: str = ""


@dataclass(frozen=True)
class Definition:
    """Something that families can ask for, whole.

    `delay` is what the organisation promises, None where it answers at once; `silence` what the law makes of its
    silence, apart from it. `messages`: what is added to what people are told, by event (`sent`, `approved`, …).
    `private`: it is its filer's alone, for ever; not even their couple reads it. Source: code civil, art. 9.
    """

    code: str
    slug: str
    title: str
    purpose: str
    category: Category
    sections: tuple[Section, ...]
    note: str = ""
    keywords: tuple[str, ...] = ()
    life_events: tuple[LifeEvent, ...] = ()
    minutes: int = 5
    who: Who = Who()
    period: Period | None = None
    pieces: tuple[Piece, ...] = ()
    delay: Delay | None = None
    silence: SilenceRule | None = None
    decision: Decision = Decision.AGENT
    private: bool = False
    reasons: tuple[Reason, ...] = ()
    agreement: Agreement | None = None
    aid: Aid | None = None
    effects: tuple[Effect, ...] = ()
    messages: Mapping[str, str] = field(default_factory=dict)

    def fields(self) -> Iterator[Field]:
        """Every question of every page, in order; those of a group are inside it."""
        for section in self.sections:
            yield from section.fields

    def conditions(self) -> Iterator[Criterion]:
        """All that it asks of a family, wherever."""
        yield self.who.criterion
        for section in self.sections:
            yield section.condition
            for one in section.fields:
                yield from (one.condition, one.persons)
        for piece in self.pieces:
            yield from (piece.condition, piece.persons)
        yield from (effect.condition for effect in self.effects)
        if self.agreement:
            yield self.agreement.condition

    @property
    def is_complaint(self) -> bool:
        """Whether it contests a decision, or complains of a service: no link to a decision is needed for that."""
        return any(effect.name == CONTEST for effect in self.effects)

    @property
    def reads_bracket(self) -> bool:
        """Whether the home's bracket of income is to be known."""
        return any(isinstance(atom, Bracket) for one in self.conditions() for atom in atoms_of(one))

    @property
    def effects_read_home(self) -> bool:
        """Whether what takes effect hangs on who lives in the home."""
        atoms = (atom for effect in self.effects for atom in atoms_of(effect.condition))
        return any(isinstance(atom, Role | Age | Children | Adults) for atom in atoms)

    def field(self, key: str) -> Field:
        """KeyError where there is none."""
        return {one.key: one for one in self.fields()}[key]

    def section(self, key: str) -> Section:
        """KeyError where there is none."""
        return {one.key: one for one in self.sections}[key]

    def reason(self, code: str) -> Reason:
        """KeyError where there is none."""
        return {one.code: one for one in self.reasons}[code]
