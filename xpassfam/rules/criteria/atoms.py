"""What a condition looks at, one thing each."""

from dataclasses import dataclass
from datetime import date

ME = "me"  # who files
EACH = "each"  # the person that a question is about to offer
TODAY = "today"
OPERATORS = ("is", "one_of", "filled", "at_least", "at_most", "before", "after")
BRACKETS = ("T1", "T2", "T3", "T4", "T5")
ROLES = ("holder", "partner", "dependent_child", "other_adult")
PROFILES = ("adm", "mut", "cse", "asso", "ent")
ACTIVITIES = ("employed", "training", "job_seeking", "student", "apprentice", "at_home", "retired")
WITHIN = ("calendar_year", "school_year", "twelve_months")
ADULTS = "adults"  # holder and partner, each of them
ACTS = ("view", "requests", "documents", "change", "grant")

Value = str | int | bool | tuple[str, ...]


@dataclass(frozen=True, order=True)
class DayOfYear:
    """A day that comes back every year: `12-31`."""

    month: int
    day: int

    def __str__(self) -> str:
        return f"{self.month:02}-{self.day:02}"

    def in_year(self, year: int) -> date:
        """29 February is 1 March in a common year."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return date(year, 3, 1)


@dataclass(frozen=True)
class Day:
    """On which day an age is counted: that day, a day of this year, or the one that an answer holds."""

    of_year: DayOfYear | None = None
    answer: str = ""


@dataclass(frozen=True)
class Age:
    """Whole years. `of`: who files, the person that a question offers, or whoever an answer names (all of them)."""

    of: str = EACH
    at_least: int | None = None
    at_most: int | None = None
    on: Day = Day()


@dataclass(frozen=True)
class Role:
    """The place in the home of whom `of` says, as for an age; empty where they don't live there."""

    one_of: tuple[str, ...]
    of: str = ME


@dataclass(frozen=True)
class Children:
    """How many children live in the home, those of some ages only."""

    at_least: int | None = None
    at_most: int | None = None
    age_at_least: int | None = None
    age_at_most: int | None = None
    on: Day = Day()


@dataclass(frozen=True)
class Adults:
    """How many live there who are no children of the home."""

    at_least: int | None = None
    at_most: int | None = None


@dataclass(frozen=True)
class Bracket:
    """The home's bracket of income; unknown where it was not given, or too long ago."""

    one_of: tuple[str, ...]


@dataclass(frozen=True)
class Today:
    """Between two days of the year, both included; over the new year where the second comes first."""

    since: DayOfYear
    until: DayOfYear


@dataclass(frozen=True)
class LegalProfile:
    """What kind of organisation it is in law."""

    one_of: tuple[str, ...]


@dataclass(frozen=True)
class Permission:
    """What who files may do in the file: see `rules.visibility.may`."""

    act: str


@dataclass(frozen=True)
class Frozen:
    """Whether a separation is declared and not settled."""

    is_frozen: bool


@dataclass(frozen=True)
class Answer:
    """What was answered. `before` and `after` are strict, and take a date or `today`."""

    field: str
    operator: str
    value: Value


@dataclass(frozen=True)
class Paper:
    """A supporting document of that kind, good that day. Not given: unknown, for it may be given yet; or no, where
    most people have none to give (`is_no_without`). Of `adults`: one of them has it."""

    kind: str
    of: str = EACH
    is_no_without: bool = False


@dataclass(frozen=True)
class Activity:
    """What somebody does; of `adults`, each of them."""

    one_of: tuple[str, ...]
    of: str = EACH


@dataclass(frozen=True)
class Earlier:
    """How often that right was used by whom it is asked for, in the year of today (or the twelve months before)."""

    right: str
    at_most: int
    within: str = "calendar_year"


@dataclass(frozen=True)
class Membership:
    """Whether the home belongs to the organisation that day."""

    is_active: bool = True


Atom = (
    Age
    | Role
    | Children
    | Adults
    | Bracket
    | Today
    | LegalProfile
    | Permission
    | Frozen
    | Answer
    | Paper
    | Activity
    | Earlier
    | Membership
)
