"""What is known, beside what a rule asks: « 9 ans » beside « 6 à 18 ans »."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from xpassfam.documents.kinds import kind_of
from xpassfam.entitlements.asking import Asked
from xpassfam.entitlements.home import Resident
from xpassfam.entitlements.judging import situation_for, vocabulary_limit
from xpassfam.entitlements.wording.rules import (
    activities_in_words,
    bounds_in_words,
    rule_in_words,
    season_in_words,
    years_in_words,
)
from xpassfam.people.models import Activity as PersonActivity
from xpassfam.rules import criteria
from xpassfam.rules.ages import age_on
from xpassfam.rules.criteria import Leaf, Truth, evaluate
from xpassfam.rules.criteria.atoms import ADULTS
from xpassfam.rules.visibility import CHILD, COUPLE_ROLES
from xpassfam.ui import words

NOTION = "notion"


@dataclass(frozen=True)
class Fact:
    """A condition, and what is known: `value` beside `threshold`, either empty where there is none to show."""

    code: str
    rule: str
    met: Truth
    value: str
    threshold: str
    decides: bool
    name: str = ""  # of a notion
    within: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """« 6 à 18 ans au 31 décembre : 9 ans »; of a notion, its own sentence."""
        if self.code == NOTION and self.value:
            return self.value
        return _("{rule} : {value}").format(rule=self.rule, value=self.value) if self.value else self.rule


def worth_reading(facts: list[Fact]) -> list[Fact]:
    """A notion that holds is one line; of one that does not, or is not known, what it is made of is read instead."""
    holding = {one.name for one in facts if one.code == NOTION and one.met is Truth.YES}
    kept = (one for one in facts if not holding & set(one.within))
    return [one for one in kept if one.code != NOTION or one.met is Truth.YES]


def fact_of(leaf: Leaf, person: Resident | None, asked: Asked, *, hides_income: bool = False) -> Fact:
    """`hides_income`: from who may not read what the home lives on, be it money or work."""
    is_hidden = hides_income and tells_income(leaf.criterion)
    value = "" if is_hidden else value_of(leaf.criterion, person, asked)
    if isinstance(leaf.criterion, criteria.Named):
        value = _notion(leaf.criterion.name, leaf.met, person, asked)
    return Fact(
        code=code_of(leaf),
        rule=rule_in_words(leaf.criterion, asked.vocabulary),
        met=leaf.met,
        value=value,
        threshold=threshold_of(leaf.criterion, asked),
        decides=leaf.decides,
        name=leaf.criterion.name if isinstance(leaf.criterion, criteria.Named) else "",
        within=leaf.within,
    )


def tells_income(criterion: criteria.Criterion) -> bool:
    if isinstance(criterion, criteria.Activity):
        return criterion.of == ADULTS
    return isinstance(criterion, criteria.Bracket)


CODES = {
    criteria.Named: NOTION,
    criteria.Age: "age", criteria.Children: "children", criteria.Adults: "adults", criteria.Bracket: "bracket",
    criteria.Paper: "document", criteria.Activity: "activity", criteria.Earlier: "earlier", criteria.Role: "role",
    criteria.LegalProfile: "profile", criteria.Today: "today", criteria.Membership: "member", criteria.Count: "count",
}  # fmt: skip


def code_of(leaf: Leaf) -> str:
    return CODES[type(leaf.criterion)]


def value_of(criterion: criteria.Criterion, person: Resident | None, asked: Asked) -> str:
    """What is known of it, empty where nothing is."""
    match criterion:
        case criteria.Age(on=on):
            day = on.of_year.in_year(asked.day.year) if on.of_year else asked.day
            return years_in_words(age_on(day, born=person.born)) if person and person.born else ""
        case criteria.Children():
            return str(children_counted(criterion, asked))
        case criteria.Adults():
            return str(sum(one.role != CHILD for one in asked.situation.persons.values()))
        case criteria.Bracket():
            earning = asked.home.earning_on(asked.day)
            return words.euros(earning.quotient_cents) if earning and asked.situation.bracket else ""
        case criteria.Paper(kind):
            return _paper(kind, person, asked)
        case criteria.Activity(of=of):
            return _activity(of, person, asked)
        case criteria.Count(that):
            ones = (situation_for(asked.situation, one) for one in asked.home.residents_on(asked.day))
            return str(sum(evaluate(that, one).truth is Truth.YES for one in ones))
        case criteria.Today():
            return words.full_day(asked.day)
        case _:
            return ""


def threshold_of(criterion: criteria.Criterion, asked: Asked) -> str:
    match criterion:
        case criteria.Age():
            return bounds_in_words(criterion, of=years_in_words)
        case criteria.Children() | criteria.Adults() | criteria.Count():
            return bounds_in_words(criterion)
        case criteria.Bracket(one_of):
            limit = vocabulary_limit(one_of, asked.vocabulary)
            return words.euros(limit * 100) if limit is not None else ", ".join(one_of)
        case criteria.Paper(kind):
            return kind_of(kind).label
        case criteria.Activity(one_of):
            return activities_in_words(one_of)
        case criteria.Today():
            return season_in_words(criterion, asked.day.year)
        case _:
            return ""


def _notion(name: str, met: Truth, person: Resident | None, asked: Asked) -> str:
    """« Inès est à votre charge. »; nothing while it is not known."""
    notion = asked.vocabulary.notion(name)
    told = {Truth.YES: notion.yes, Truth.NO: notion.no}.get(met, "")
    return told.format_map({"prénom": person.name}) if person and told else ""


def children_counted(atom: criteria.Children, asked: Asked) -> int:
    low, high = atom.age_at_least or 0, atom.age_at_most
    day = atom.on.of_year.in_year(asked.day.year) if atom.on.of_year else asked.day
    ones = [one for one in asked.situation.persons.values() if one.role == CHILD]
    if atom.age_at_least is None and high is None:
        return len(ones)
    ages = [age_on(day, born=one.born) for one in ones if one.born]
    return sum(low <= age and (high is None or age <= high) for age in ages)


def _paper(kind: str, person: Resident | None, asked: Asked) -> str:
    spells = [one for one in (person.papers if person else ()) if one.kind == kind and one.holds_on(asked.day)]
    if not spells:
        return ""
    ends = [one.until for one in spells if one.until]
    return _("jusqu’au {day}").format(day=words.full_day(max(ends))) if len(ends) == len(spells) else _("oui")


def _activity(of: str, person: Resident | None, asked: Asked) -> str:
    if of == ADULTS:
        ones = [one for one in asked.home.residents_on(asked.day) if one.role in COUPLE_ROLES]
    else:
        ones = [person] if person else []
    told = [(one.name, asked.situation.persons[one.key].activity) for one in ones if not one.is_gone]
    return ", ".join(
        _("{name} : {activity}").format(name=name, activity=str(PersonActivity.Kind(kind).label).lower())
        for name, kind in told
        if kind
    )
