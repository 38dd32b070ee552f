"""The answers of a home as its page shows them: one entry a right, with whom it is for, why, and what to do next."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from xpassfam.entitlements.asking import Answer, Asked
from xpassfam.entitlements.home import Resident, is_stale
from xpassfam.entitlements.judging import Verdict, vocabulary_limit
from xpassfam.entitlements.language import Opening, Right
from xpassfam.entitlements.wording.answers import deciding_leaf, facts_of, given_in_words, sentence_of
from xpassfam.entitlements.wording.facts import Fact, worth_reading
from xpassfam.entitlements.wording.supposing import would_change
from xpassfam.people.access import ActingAccess
from xpassfam.people.models import Income
from xpassfam.rules import criteria
from xpassfam.rules.ages import age_on
from xpassfam.rules.criteria import Truth
from xpassfam.rules.rights import may_see_right
from xpassfam.rules.visibility import CHILD, may_see_payments
from xpassfam.ui import words

SOON = timedelta(days=92)
ICONS = {"open": ("ok", "circle-check"), "study": ("wait", "circle-help"), "closed": ("no", "circle-alert")}


@dataclass(frozen=True)
class Who:
    """Somebody of the home, as marks want them."""

    key: str
    name: str
    mark: int
    initial: str
    is_small: bool


@dataclass(frozen=True)
class Told:
    """An answer for one person, or for the home."""

    who: Who | None
    answer: Answer
    sentence: str
    amount: str
    facts: list[Fact]  # those of this person alone
    note: str = ""
    left: str = ""

    @property
    def is_open(self) -> bool:
        return self.answer.verdict is Verdict.YES


@dataclass(frozen=True)
class Versus:
    """What is the home's, beside the limit that it is over; what would change the answer."""

    mine: str
    source: str
    limit: str
    gap: str
    change: str


@dataclass(frozen=True)
class Shown:
    """A right, whole. `state`: open, study or closed, as its best answer is."""

    right: Right
    state: str
    told: list[Told]
    amount: str
    summary: str
    whom: list[Who]
    others: list[Told] = field(default_factory=list)
    shared_facts: list[Fact] = field(default_factory=list)  # the same for all of them
    versus: Versus | None = None
    apply_url: str = ""
    is_used: bool = False

    @property
    def kind(self) -> str:
        return ICONS[self.state][0]

    @property
    def icon(self) -> str:
        return ICONS[self.state][1]


@dataclass(frozen=True)
class IncomeShown:
    """The home's bracket on its scale; without a quotient, or with one that is too old, what to do."""

    quotient: str
    bracket: str
    span: str
    source: str
    names: list[str]
    is_stale: bool = False

    @property
    def is_known(self) -> bool:
        return bool(self.quotient)


def visible(asked: Asked, access: ActingAccess, *, person: str = "") -> list[Answer]:
    """Those that the viewer may read; of one person and of the whole home, where one is named."""
    seen = [
        one
        for one in asked.answers
        if not (one.person and one.person.is_gone)
        and may_see_right(
            access, person_id=one.person.person_id if one.person else None, household_id=access.household_id
        )
    ]
    return [one for one in seen if not person or one.person is None or one.person.key == person]


def rights_shown(asked: Asked, answers: Iterable[Answer], *, hides_income: bool) -> list[Shown]:
    """In the order of codes."""
    by_right: dict[str, list[Answer]] = {}
    for answer in answers:
        by_right.setdefault(answer.right.code, []).append(answer)
    return [_shown(asked, group, hides_income=hides_income) for group in by_right.values()]


def who(person: Resident) -> Who:
    return Who(person.key, person.name, person.mark, person.name[0].upper(), person.role == CHILD)


def people_of(asked: Asked) -> list[Who]:
    return [who(one) for one in asked.home.residents_on(asked.day) if not one.is_gone]


def income_shown(asked: Asked, access: ActingAccess) -> IncomeShown | None:
    """None for whoever may not read what the home lives on."""
    if not may_see_payments(access, access.household_id):
        return None
    names = [one.name for one in asked.vocabulary.brackets]
    earning = asked.home.earning_on(asked.day)
    if earning is None:
        return IncomeShown("", "", "", "", names)
    named = str(Income.Source(earning.source).label)  # « attestation CAF »: acronyms stay as they are
    source = _("{source}, {month}").format(source=named[:1].upper() + named[1:], month=words.month(earning.month))
    quotient = words.euros(earning.quotient_cents)
    if is_stale(earning, asked.day, asked.vocabulary):
        return IncomeShown(quotient, "", "", source, names, is_stale=True)
    bracket = asked.vocabulary.bracket(asked.situation.bracket)
    return IncomeShown(quotient, bracket.name, _span(bracket.above, bracket.until), source, names)


def _span(above: int, until: int | None) -> str:
    if until is None:
        return _("plus de {low}").format(low=words.euros(above * 100))
    if not above:
        return _("{high} ou moins").format(high=words.euros(until * 100))
    return _("de {low} à {high}").format(low=words.euros((above + 1) * 100), high=words.euros(until * 100))


STATES = {Verdict.YES: "open", Verdict.REVIEW: "study", Verdict.UNKNOWN: "study", Verdict.NO: "closed"}
ORDER = ("open", "study", "closed")


def _shown(asked: Asked, group: list[Answer], *, hides_income: bool) -> Shown:
    right = group[0].right
    facts = [worth_reading(facts_of(one, asked, hides_income=hides_income)) for one in group]
    said = [{(one.text, one.met) for one in own} for own in facts]
    shared = [one for one in facts[0] if len(facts) > 1 and all((one.text, one.met) in own for own in said)]
    told_once = {one.text for one in shared}
    told = [
        _told(asked, answer, [one for one in own if one.text not in told_once], hides_income=hides_income)
        for answer, own in zip(group, facts, strict=True)
    ]
    state = min((STATES[one.answer.verdict] for one in told), key=ORDER.index)
    best = [one for one in told if STATES[one.answer.verdict] == state]
    others = [one for one in told if one not in best]
    return Shown(
        right=right,
        state=state,
        told=best,
        amount=_amount(best, state),
        summary=_summary(best, state, asked.day),
        whom=[one.who for one in best if one.who and state != "closed"],
        others=others,
        shared_facts=shared,
        versus=None if hides_income else _versus(asked, best, state),
        apply_url=_apply_url(right, best, state),
        is_used=any(one.answer.used_on for one in best),
    )


def _told(asked: Asked, answer: Answer, facts: list[Fact], *, hides_income: bool) -> Told:
    left = answer.left_cents
    is_partly_used = answer.used_on is not None and left is not None and answer.given.is_most
    return Told(
        who=who(answer.person) if answer.person else None,
        answer=answer,
        sentence=sentence_of(answer, asked, hides_income=hides_income),
        amount=given_in_words(answer.given),
        facts=facts,
        note=_note(answer, asked.day),
        left=_("Il reste {amount}.").format(amount=words.euros(left or 0)) if is_partly_used else "",
    )


def _note(answer: Answer, day: date) -> str:
    """« Déjà utilisé le 24 septembre », « Jusqu’au 23 décembre »."""
    if answer.used_on:
        return _("Déjà obtenu le {day}").format(day=words.short_day(answer.used_on))
    if answer.verdict is Verdict.YES and answer.until and answer.until - day <= SOON:
        return _("Jusqu’au {day}").format(day=words.short_day(answer.until))
    return ""


def _amount(told: list[Told], state: str) -> str:
    if state == "closed":
        return ""
    amounts = list(dict.fromkeys(one.amount for one in told if one.amount))
    if not amounts:
        return ""
    if len(amounts) == 1 and len(told) > 1 and told[0].answer.given.cents is not None:
        return _("{amount} par enfant").format(amount=amounts[0])
    return _(" ou ").join(amounts)


def _summary(told: list[Told], state: str, day: date) -> str:
    """One line under the title: for whom, until when; or why not."""
    names = ", ".join(one.who.name for one in told if one.who)
    notes = list(dict.fromkeys(one.note for one in told if one.note))
    if state != "open":
        return _nearest(told, day).sentence
    return ". ".join(filter(None, [names or _("Tout le foyer"), *notes]))


def _nearest(told: list[Told], day: date) -> Told:
    """Whom one thing alone keeps from a yes, by the fewest years: what is said of them helps most."""
    wanted = Truth.UNKNOWN if told[0].answer.verdict is Verdict.UNKNOWN else Truth.NO
    leaves = [deciding_leaf(one.answer, wanted) for one in told]
    alone = [(one, leaf) for one, leaf in zip(told, leaves, strict=True) if leaf and leaf.decides]
    return min(alone, key=lambda one: _years_away(one[0].answer.person, one[1].criterion, day), default=(told[0],))[0]


def _years_away(person: Resident | None, criterion: criteria.Criterion, day: date) -> int:
    if not isinstance(criterion, criteria.Age) or person is None or person.born is None:
        return 0
    age = age_on(criterion.on.of_year.in_year(day.year) if criterion.on.of_year else day, born=person.born)
    low, high = criterion.at_least, criterion.at_most
    return max(low - age if low is not None else 0, age - high if high is not None else 0)


def _versus(asked: Asked, told: list[Told], state: str) -> Versus | None:
    """Where the quotient familial alone is over the limit."""
    earning = asked.home.earning_on(asked.day)
    if state != "closed" or earning is None:
        return None
    leaves = [deciding_leaf(one.answer, Truth.NO) for one in told]
    over = next(
        (leaf for leaf in leaves if leaf and leaf.decides and isinstance(leaf.criterion, criteria.Bracket)), None
    )
    if over is None or not isinstance(over.criterion, criteria.Bracket):
        return None
    limit = vocabulary_limit(over.criterion.one_of, asked.vocabulary)
    if limit is None or earning.quotient_cents <= limit * 100:
        return None
    return Versus(
        mine=words.euros(earning.quotient_cents),
        source=words.month(earning.month),
        limit=words.euros(limit * 100),
        gap=_("{amount} plus bas").format(amount=words.euros(earning.quotient_cents - limit * 100)),
        change=next(filter(None, (would_change(one.answer, asked) for one in told)), ""),
    )


def _apply_url(right: Right, told: list[Told], state: str) -> str:
    """Nothing to ask for again what was obtained, nor what comes by itself. A « no » may be asked for: somebody
    confirms it."""
    is_used = all(one.answer.used_on and not one.left for one in told)
    if right.opening is Opening.AUTOMATIC or not right.procedure or (state == "open" and is_used):
        return ""
    return reverse("procedures:procedure", args=[right.procedure])
