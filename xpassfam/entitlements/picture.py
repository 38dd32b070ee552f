"""A rule as its pages show it: said in words beside its former version, its cases, what reading it over found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from xpassfam.definitions.trees import build
from xpassfam.entitlements.checking import Checked, Remark, check_right, check_vocabulary
from xpassfam.entitlements.comparing import Reading, Said, reading_of, right_in_words, vocabulary_in_words
from xpassfam.entitlements.language import Problem, Refused, Right, Vocabulary
from xpassfam.entitlements.language.loading import words_of
from xpassfam.entitlements.models import VOCABULARY, Version
from xpassfam.entitlements.published import rules_on
from xpassfam.entitlements.trying import Tried
from xpassfam.entitlements.wording import cases
from xpassfam.rules.criteria import OF_RIGHTS


@dataclass(frozen=True)
class CaseRow:
    number: int
    name: str
    home: str
    expected: str
    obtained: str
    passes: bool


@dataclass(frozen=True)
class Picture:
    """`problems`: why the text can't be read (any more); all else is empty then."""

    reading: Reading | None = None
    rows: tuple[CaseRow, ...] = ()
    remarks: tuple[Remark, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def failing(self) -> int:
        return sum(not row.passes for row in self.rows)

    @property
    def refusals(self) -> int:
        return sum(one.is_refused for one in self.remarks)

    @property
    def is_good(self) -> bool:
        return not (self.failing or self.refusals or self.problems)


def picture(code: str, text: str, *, at: datetime, former: Version | None = None) -> Picture:
    try:
        checked = check_vocabulary(text) if code == VOCABULARY else check_right(text, at=at)
    except Refused as refusal:
        return Picture(problems=refusal.problems)
    said, was = _said(checked.told, checked.vocabulary), _former(former)
    return Picture(reading_of(said, was), _rows(checked), checked.remarks)


def in_force(versions: Sequence[Version], day: date) -> Version | None:
    """Of one code; None where it does not apply yet. Of two that begin the same day, the later published."""
    begun = [one for one in versions if one.since <= day]
    return max(begun, key=lambda one: (one.since, one.number), default=None)


def _rows(checked: Checked) -> tuple[CaseRow, ...]:
    return tuple(_row(number, tried) for number, tried in enumerate(checked.tried))


def _row(number: int, tried: Tried) -> CaseRow:
    case = tried.case
    words = cases.home_in_words(case), cases.expected(case), cases.obtained(tried)
    return CaseRow(number, case.name, *words, passes=tried.is_as_expected)


def _former(version: Version | None) -> Said | None:
    """With what was shared on its own first day."""
    if version is None:
        return None
    if version.code == VOCABULARY:
        return vocabulary_in_words(build(Vocabulary, version.tree, OF_RIGHTS))
    vocabulary = rules_on(version.since).vocabulary
    return right_in_words(build(Right, version.tree, words_of(vocabulary)), vocabulary)


def _said(told: Right | Vocabulary, vocabulary: Vocabulary) -> Said:
    return right_in_words(told, vocabulary) if isinstance(told, Right) else vocabulary_in_words(told)
