"""« Et si… »: a home as it would be, and what its rights would become. Nothing of it is kept."""

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from xpassfam.documents.kinds import About, kinds
from xpassfam.entitlements.asking import Change, judge_all
from xpassfam.entitlements.coming import Turn, turn_of
from xpassfam.entitlements.home import Earning, Home, Resident, Spell, Used
from xpassfam.entitlements.judging import situation_for
from xpassfam.entitlements.rules import Rules
from xpassfam.rules.criteria import Criterion, Paper, Situation, Truth, atoms_of, evaluate
from xpassfam.rules.income import parts
from xpassfam.rules.silence import ADMINISTRATION
from xpassfam.rules.visibility import CHILD, COUPLE_ROLES

NEW_CHILD = "new"
HALF = 50
DEPENDENT, DISABLED = "dependent_child", "disability_decision"  # a notion and a document of the règlement's article 2


@dataclass(frozen=True)
class Supposed:
    """Several things at once; what is empty stays as it is. `born` is a child's who comes; `leaving`, `holder`: keys of
    residents; `activity`: of each of the couple; `paper`: a kind of document that `holder` would hold."""

    born: date | None = None
    is_shared: bool = False
    child_name: str = ""
    leaving: frozenset[str] = frozenset()
    quotient_cents: int | None = None
    activity: str = ""
    paper: str = ""
    holder: str = ""

    @property
    def is_empty(self) -> bool:
        others = (self.born, self.leaving, self.activity, self.paper and self.holder)
        return not any(others) and self.quotient_cents is None


def may_move_change(rules: Rules, profile: str) -> bool:
    """Whether a right may hang on where the home lives: no condition reads an address, but a paper may prove one.

    A town's families are its inhabitants: who leaves it may belong no more.
    """
    criteria = [rule.right.criterion for rule in rules.rules]
    criteria += [rule.right.amount.persons for rule in rules.rules if rule.right.amount]
    papers = {atom.kind for one in criteria for atom in atoms_of(one) if isinstance(atom, Paper)}
    papers |= {kind for rule in rules.rules for kind in rule.right.proofs}
    of_home = {kind.code for kind in kinds().values() if kind.about is About.HOME}
    return profile == ADMINISTRATION or bool(papers & of_home)


def suppose(home: Home, supposed: Supposed, day: date) -> Home:
    """The home of that day, changed from that day on."""
    residents = [_changed(one, supposed) for one in home.residents if one.key not in supposed.leaving]
    if supposed.born:
        share = HALF if supposed.is_shared else 100
        residents.append(Resident(NEW_CHILD, supposed.child_name, CHILD, born=supposed.born, share=share))
    earnings, uses = home.earnings, home.uses
    if supposed.quotient_cents is not None:
        kept = tuple(one for one in home.earnings if one.month < day.replace(day=1))
        earnings = (*kept, Earning(day.replace(day=1), supposed.quotient_cents))
    return replace(home, residents=tuple(residents), earnings=earnings, uses=_of_who_stays(uses, supposed))


def differences(home: Home, supposed: Home, day: date, rules: Rules) -> list[Turn]:
    """What would open, close or change, by code."""
    was, becomes = judge_all(home, day, rules), judge_all(supposed, day, rules)
    turns = []
    for key in sorted({*was, *becomes}):
        rule, person, _judged = becomes.get(key) or was[key]
        before, after = (known[key][2] if key in known else None for known in (was, becomes))
        if (before and before.state) != (after and after.state):
            turns.append(turn_of(Change(day, rule, person, before, after)))
    return [turn for turn in turns if turn]


def shares_of(home: Home, day: date, rules: Rules) -> Fraction:
    """The parts of the home's quotient, as the règlement counts them: of the children that it counts."""
    situation = home.situation_on(day, rules.vocabulary)
    notion = next((one for one in rules.vocabulary.notions if one.name == DEPENDENT), None)
    children = [one for one in home.residents_on(day) if one.role == CHILD]
    if notion:
        children = [one for one in children if _is(notion.criterion, situation_for(situation, one))]
    disabled = sum(any(spell.kind == DISABLED and spell.holds_on(day) for spell in one.papers) for one in children)
    return parts(len(children), disabled_children=disabled)


def _is(criterion: Criterion, situation: Situation) -> bool:
    return evaluate(criterion, situation).truth is Truth.YES


def _changed(one: Resident, supposed: Supposed) -> Resident:
    if supposed.activity and one.role in COUPLE_ROLES:
        one = replace(one, activities=(*one.activities, Spell(supposed.activity)))
    if supposed.paper and one.key == supposed.holder:
        one = replace(one, papers=(*one.papers, Spell(supposed.paper)))
    return one


def _of_who_stays(uses: tuple[Used, ...], supposed: Supposed) -> tuple[Used, ...]:
    return tuple(one for one in uses if one.person not in supposed.leaving)
