"""What a rule holds. The names here are the keys of its YAML; the two schemas say the same to editors."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from xpassfam.rules.criteria import ALWAYS, Criterion

INCOME_MONTHS = 12  # that an income tells the bracket, as long as the words that rules share say nothing else


class Audience(StrEnum):
    """Who has the right: each child of the home, one by one, or the home as a whole."""

    CHILD = "child"
    HOUSEHOLD = "household"


class Opening(StrEnum):
    AUTOMATIC = "automatic"  # nothing to ask for
    ON_REQUEST = "on_request"
    REVIEWED = "reviewed"  # somebody examines each request: no rule says yes alone


class Period(StrEnum):
    """For how long one use counts."""

    ALWAYS = "always"
    CALENDAR_YEAR = "calendar_year"
    SCHOOL_YEAR = "school_year"
    TWELVE_MONTHS = "twelve_months"


class Unit(StrEnum):
    EUROS = "euros"
    EUROS_A_MONTH = "euros_a_month"
    PERCENT = "percent"


@dataclass(frozen=True)
class Step:
    """From so many on, so much."""

    count: int
    value: int


@dataclass(frozen=True)
class Amount:
    """`value`: whatever the bracket; `by_bracket`; or `steps`, by how many `persons` of the home there are.

    In whole euros, or percent. `is_most`: « jusqu’à ». `ceiling`: of a calendar year, in euros, whatever is granted.
    """

    unit: Unit = Unit.EUROS
    value: int | None = None
    by_bracket: Mapping[str, int] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    persons: Criterion = ALWAYS
    is_most: bool = False
    ceiling: int | None = None


@dataclass(frozen=True)
class Texts:
    """`no` and `unknown`: by the code of what decided (`wording.code_of`), or `other`."""

    yes: str
    no: Mapping[str, str] = field(default_factory=dict)
    unknown: Mapping[str, str] = field(default_factory=dict)
    how: str = ""


@dataclass(frozen=True)
class CaseChild:
    """A child of a made-up home; `papers`: kinds of documents that are good."""

    born: str
    name: str = ""
    papers: tuple[str, ...] = ()
    shared: bool = False


@dataclass(frozen=True)
class Case:
    """A made-up family, and what the rule must answer: kept with it, held before it is published."""

    name: str
    on: str
    answer: str
    children: tuple[CaseChild, ...] = ()
    adults: int = 2
    activity: str = ""
    quotient: int | None = None  # of that month, in euros
    amount: int | None = None  # of the first child, in euros or percent
    used_on: str = ""


@dataclass(frozen=True)
class Right:
    """A right, whole, as it applies from `since` on.

    `procedure`: the slug of the request that opens it. `proofs`: kinds of documents asked with it. `shared`: a child
    of two homes brings each its part.
    """

    code: str
    title: str
    summary: str
    law: str
    since: str
    audience: Audience
    opening: Opening
    criterion: Criterion
    texts: Texts
    amount: Amount | None = None
    period: Period = Period.ALWAYS
    procedure: str = ""
    proofs: tuple[str, ...] = ()
    shared: bool = False
    renewal: str = ""
    cases: tuple[Case, ...] = ()

    @property
    def since_day(self) -> date:
        return date.fromisoformat(self.since)


@dataclass(frozen=True)
class Notion:
    """A condition that rules call by its name. `yes` and `no` are what families read: « est à votre charge »."""

    name: str
    label: str
    why: str
    yes: str
    no: str
    criterion: Criterion


@dataclass(frozen=True)
class Bracket:
    """Quotients from `above` on (0: all) to `until`, in whole euros; `until` is None for the last."""

    name: str
    above: int
    until: int | None = None


@dataclass(frozen=True)
class Vocabulary:
    """What all rules share from `since` on: brackets of income, how long an income tells one, notions."""

    since: str
    law: str
    brackets: tuple[Bracket, ...]
    income_months: int = INCOME_MONTHS
    notions: tuple[Notion, ...] = ()

    @property
    def since_day(self) -> date:
        return date.fromisoformat(self.since)

    @property
    def limits(self) -> tuple[int, ...]:
        """The highest quotients, in whole euros and rising, of all brackets but the last."""
        return tuple(one.until for one in self.brackets if one.until is not None)

    def notion(self, name: str) -> Notion:
        """KeyError where there is none."""
        return {one.name: one for one in self.notions}[name]

    def bracket(self, name: str) -> Bracket:
        """KeyError where there is none."""
        return {one.name: one for one in self.brackets}[name]
