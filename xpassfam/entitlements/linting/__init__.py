"""A rule read over: what the law forbids it to look at, what it can never say, what its texts forget or still say.

A finding is refused (the rule can't be published) or is advice. Each says why, and the source where law is the reason.
"""

from collections.abc import Iterator

from xpassfam.entitlements.language import Right, Vocabulary
from xpassfam.entitlements.linting import ceilings, forbidden, reach, wordings
from xpassfam.entitlements.linting.finding import Finding

__all__ = ["Finding", "of_right", "of_vocabulary"]


def of_right(right: Right, vocabulary: Vocabulary, *, profile: str) -> Iterator[Finding]:
    """`profile`: what kind of organisation it is in law."""
    yield from forbidden.of_criterion(right.criterion, ("criterion",), profile=profile)
    yield from forbidden.of_texts(wordings.texts_of(right), profile=profile)
    yield from reach.of_right(right)
    yield from wordings.of_right(right, vocabulary)
    yield from ceilings.of_right(right)


def of_vocabulary(vocabulary: Vocabulary, *, profile: str) -> Iterator[Finding]:
    for number, notion in enumerate(vocabulary.notions):
        path = ("notions", number, "criterion")
        yield from forbidden.of_criterion(notion.criterion, path, profile=profile)
        yield from reach.of_condition(notion.criterion, path)
    yield from wordings.of_vocabulary(vocabulary)
