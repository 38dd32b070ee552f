"""Texts that are missing, or that say a number which is no longer one of the rule."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from xpassfam.definitions.yaml_text import Path
from xpassfam.entitlements.judging import vocabulary_limit
from xpassfam.entitlements.language import Right, Vocabulary
from xpassfam.entitlements.linting import reach
from xpassfam.entitlements.linting.finding import Finding, nodes_of
from xpassfam.entitlements.wording.facts import CODES
from xpassfam.rules import criteria
from xpassfam.rules.criteria import Age, All, Any, Bracket, Children, Criterion, Named, Not, Paper, atoms_of

EUROS = re.compile(r"(\d[\d\s]*)€")
YEARS = re.compile(r"(moins de |plus de |(\d+)(?: ans)?\s?(?:\u00e0|–|-|et|ou)\s?)?(\d+)\s?ans?\b", re.IGNORECASE)
COMES_LATER = (Bracket, criteria.Activity)


def texts_of(right: Right) -> Iterator[tuple[Path, str]]:
    """Every sentence that families read of it, with its place."""
    texts = right.texts
    yield from ((("title",), right.title), (("summary",), right.summary), (("texts", "yes"), texts.yes))
    yield from (((name,), text) for name, text in (("renewal", right.renewal),) if text)
    yield from ((("texts", "how"), text) for text in (texts.how,) if text)
    yield from ((("texts", "no", code), text) for code, text in texts.no.items())
    yield from ((("texts", "unknown", code), text) for code, text in texts.unknown.items())


@dataclass(frozen=True)
class Ages:
    """The first and the last ages of a rule's conditions."""

    first: frozenset[int]
    last: frozenset[int]

    def knows(self, said: re.Match[str]) -> bool:
        """« 6 à 18 ans », « moins de 6 ans », « plus de 18 ans »; « 19 ans » may say either side of a bound."""
        how, low, age = (said[1] or "").lower(), said[2], int(said[3])
        after, before = frozenset(one + 1 for one in self.last), frozenset(one - 1 for one in self.first)
        if low:
            return int(low) in self.first and age in self.last
        if how:
            return age in (self.first | after if how.startswith("moins") else self.last | before)
        return age in self.first | self.last | after | before


def of_right(right: Right, vocabulary: Vocabulary) -> Iterator[Finding]:
    yield from _missing(right)
    atoms = list(atoms_of(right.criterion))
    euros = {*_amounts(right), *_limits(atoms, vocabulary)}
    texts = list(texts_of(right))
    yield from _stale(texts, EUROS, lambda said: int(re.sub(r"\D", "", said[1])) in euros)
    if ages := _ages(atoms):
        yield from _stale(texts, YEARS, ages.knows)


def of_vocabulary(vocabulary: Vocabulary) -> Iterator[Finding]:
    for number, notion in enumerate(vocabulary.notions):
        places = {"why": notion.why, "yes": notion.yes, "no": notion.no}
        if ages := _ages(list(atoms_of(notion.criterion))):
            texts = [(("notions", number, name), text) for name, text in places.items()]
            yield from _stale(texts, YEARS, ages.knows)


def _missing(right: Right) -> Iterator[Finding]:
    """Whatever may decide has a sentence; without one families read the condition itself."""
    texts = right.texts
    may_refuse = reach.can_refuse(right.criterion)
    told = {
        (path, name)
        for place, leaf, is_denied in _leaves(right.criterion)
        for path, name in _unsaid(leaf, texts.no, texts.unknown, is_denied=is_denied)
        if may_refuse or path[-1] != "no"
    }
    for path, name in sorted(told):
        if path[-1] == "no":
            said = _("Aucun texte ne dit pourquoi c’est non, quand c’est par « {name} » : ajoutez-le, ou « other ».")
        else:
            said = _("Aucun texte ne dit ce qui manque, quand c’est « {name} » : ajoutez-le, ou « other ».")
        yield Finding(path, said.format(name=name))


def _unsaid(
    leaf: Criterion, no: Mapping[str, str], unknown: Mapping[str, str], *, is_denied: bool
) -> Iterator[tuple[Path, str]]:
    code = CODES[type(leaf)]
    is_paper_to_come = isinstance(leaf, Paper) and not leaf.is_no_without
    if "other" not in no and (is_denied or not is_paper_to_come):
        for name in _codes(leaf, code):
            if name not in no and code not in no:
                yield ("texts", "no"), name
    if "other" not in unknown and code not in unknown and (is_paper_to_come or isinstance(leaf, COMES_LATER)):
        yield ("texts", "unknown"), code


def _codes(leaf: Criterion, code: str) -> list[str]:
    if not isinstance(leaf, Age):
        return [code]
    sides = ((leaf.at_least, "age_under"), (leaf.at_most, "age_over"))
    return [name for bound, name in sides if bound]


def _leaves(criterion: Criterion) -> Iterator[tuple[Path, Criterion, bool]]:
    """Those that the rule itself writes: a notion has its own sentences."""
    denied = [place for place, node in nodes_of(criterion, ()) if isinstance(node, Not)]
    counted = [place for place, node in nodes_of(criterion, ()) if isinstance(node, criteria.Count)]
    for place, node in nodes_of(criterion, ()):
        is_inside = any(place != one and place[: len(one)] == one for one in counted)
        if not isinstance(node, All | Any | Not | Named) and not is_inside:
            yield place, node, any(place[: len(one)] == one for one in denied)


def _amounts(right: Right) -> Iterator[int]:
    amount = right.amount
    if amount is None:
        return
    yield from (one for one in (amount.value, amount.ceiling) if one is not None)
    yield from amount.by_bracket.values()
    yield from (step.value for step in amount.steps)


def _limits(atoms: Iterable[criteria.Atom], vocabulary: Vocabulary) -> Iterator[int]:
    for one in atoms:
        if isinstance(one, Bracket) and (limit := vocabulary_limit(one.one_of, vocabulary)) is not None:
            yield limit
            yield limit + 1


def _ages(atoms: Iterable[criteria.Atom]) -> Ages | None:
    """None where the rule looks at no age."""
    spans = [(one.at_least, one.at_most) for one in atoms if isinstance(one, Age)]
    spans += [(one.age_at_least, one.age_at_most) for one in atoms if isinstance(one, Children)]
    first = frozenset(low for low, _high in spans if low is not None)
    last = frozenset(high for _low, high in spans if high is not None)
    return Ages(first, last) if first or last else None


def _stale(
    texts: Iterable[tuple[Path, str]], pattern: re.Pattern[str], is_known: Callable[[re.Match[str]], bool]
) -> Iterator[Finding]:
    for path, text in texts:
        for said in pattern.finditer(text):
            if not is_known(said):
                told = _("Ce texte dit « {said} », qui n’est ni une limite ni un montant de cette règle.")
                yield Finding(path, told.format(said=said[0].strip()))
