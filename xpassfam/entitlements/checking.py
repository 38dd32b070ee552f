"""A text read, tried on its cases and read over: whether it can be published, and what there is to say of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from xpassfam.definitions.sentences import of_condition
from xpassfam.definitions.trees import build, dump
from xpassfam.definitions.yaml_text import Unreadable, read
from xpassfam.entitlements import linting
from xpassfam.entitlements.language import Problem, Right, Vocabulary, meaning
from xpassfam.entitlements.language.loading import read_right, read_vocabulary, words_of
from xpassfam.entitlements.published import NoRules, rules_on
from xpassfam.entitlements.trying import Tried, failures, try_all
from xpassfam.organisation.models import current as current_organisation
from xpassfam.rules import criteria


@dataclass(frozen=True)
class Remark:
    """What reading it over found, at a line of the text."""

    line: int
    text: str
    source: str = ""
    is_refused: bool = False

    @property
    def problem(self) -> Problem:
        return Problem(self.line, f"{self.text} ({self.source})" if self.source else self.text)


@dataclass(frozen=True)
class Checked:
    """`vocabulary`: what it was read with. Of the vocabulary itself, there are no cases."""

    told: Right | Vocabulary
    vocabulary: Vocabulary
    remarks: tuple[Remark, ...] = ()
    tried: tuple[Tried, ...] = ()

    @property
    def failures(self) -> tuple[Tried, ...]:
        return tuple(one for one in self.tried if not one.is_as_expected)

    @property
    def refusals(self) -> tuple[Remark, ...]:
        return tuple(one for one in self.remarks if one.is_refused)

    @property
    def is_good(self) -> bool:
        return not self.failures and not self.refusals


def check_right(text: str, *, at: datetime) -> Checked:
    """Raise `language.Refused` where it is no right, with every mistake by line."""
    vocabulary = rules_on(since_of(text) or at.date()).vocabulary
    right, source = read_right(text, vocabulary)
    found = linting.of_right(right, vocabulary, profile=current_organisation().legal_profile)
    remarks = [Remark(source.line_of(one.path), one.text, one.source, one.is_refused) for one in found]
    return Checked(right, vocabulary, _in_order(remarks), try_all(right, vocabulary))


def check_vocabulary(text: str) -> Checked:
    """As `check_right`."""
    vocabulary, source = read_vocabulary(text)
    found = linting.of_vocabulary(vocabulary, profile=current_organisation().legal_profile)
    remarks = [Remark(source.line_of(one.path), one.text, one.source, one.is_refused) for one in found]
    return Checked(vocabulary, vocabulary, _in_order([*remarks, *_of_rights(vocabulary)]))


def _of_rights(vocabulary: Vocabulary) -> Iterator[Remark]:
    """What would no longer hold of the rights of that day. Their cases are advice: they are mended with each right."""
    try:
        rules = rules_on(vocabulary.since_day).rules
    except NoRules:
        return
    for rule in rules:
        try:
            right = build(Right, dump(rule.right), words_of(vocabulary))
        except criteria.Refused as refusal:
            texts = [of_condition(one) for one in refusal.problems]
        else:
            texts = [one.text for one in meaning.of_right(right, vocabulary)]
            if not texts and failures(right, vocabulary):
                text = _("{code} : des cas d’essai de ce droit ne passeraient plus. Voulu ?")
                yield Remark(1, text.format(code=right.code))
        yield from (Remark(1, f"{rule.right.code} : {text}", is_refused=True) for text in texts)


def since_of(text: str) -> date | None:
    """From which day it says to apply; None where it does not say it well."""
    try:
        return date.fromisoformat(read(text).tree["since"])
    except (Unreadable, TypeError, KeyError, ValueError):
        return None


def _in_order(remarks: list[Remark]) -> tuple[Remark, ...]:
    """Refusals first, then as the text goes."""
    return tuple(sorted(dict.fromkeys(remarks), key=lambda one: (not one.is_refused, one.line)))
