"""An answer in one sentence, the organisation's own where it wrote one."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from xpassfam.entitlements.asking import Answer, Asked
from xpassfam.entitlements.judging import Given, Verdict, count_of, vocabulary_limit
from xpassfam.entitlements.wording.facts import Fact, children_counted, code_of, fact_of
from xpassfam.rules import criteria
from xpassfam.rules.ages import age_on
from xpassfam.rules.criteria import Leaf, Truth, atoms_of
from xpassfam.ui import words


def facts_of(answer: Answer, asked: Asked, *, hides_income: bool = False) -> list[Fact]:
    """Everything that was looked at; the same condition said twice is told once."""
    told = [fact_of(leaf, answer.person, asked, hides_income=hides_income) for leaf in answer.leaves]
    return list({(one.code, one.rule, one.met): one for one in told}.values())


def sentence_of(answer: Answer, asked: Asked, *, hides_income: bool = False) -> str:
    """« Votre quotient familial (1 211 €) dépasse la limite de 1 200 €. »"""
    texts = answer.right.texts
    if answer.verdict is Verdict.YES:
        return _filled(texts.yes, answer, asked, hides_income=hides_income) or answer.right.title
    if answer.right.audience == "child" and answer.person is None:
        return _("Ce droit est pour les enfants du foyer.")
    if answer.verdict is Verdict.REVIEW:
        return _filled(texts.unknown.get("other", texts.yes), answer, asked, hides_income=hides_income)
    wanted = Truth.NO if answer.verdict is Verdict.NO else Truth.UNKNOWN
    leaf = deciding_leaf(answer, wanted)
    known = texts.no if wanted is Truth.NO else texts.unknown
    for code in (*_codes(leaf, answer, asked), "other"):
        if code in known and (said := _filled(known[code], answer, asked, leaf=leaf, hides_income=hides_income)):
            return said
    return _usual(leaf, answer, asked, hides_income=hides_income)


def deciding_leaf(answer: Answer, wanted: Truth) -> Leaf | None:
    """The first that, alone, would change the answer; else the first that the rule asks of everybody; else the first.

    What an alternative or a notion looked at may be so without being why: of a child of 17, « 20 à 25 ans ».
    """
    so = [leaf for leaf in answer.leaves if leaf.met is wanted and not isinstance(leaf.criterion, criteria.Named)]
    rule = answer.right.criterion
    asked_of_all = rule.parts if isinstance(rule, criteria.All) else (rule,)
    plain = [leaf for leaf in so if not leaf.within and leaf.criterion in asked_of_all]
    return next((leaf for leaf in so if leaf.decides), next(iter((*plain, *so)), None))


def given_in_words(given: Given) -> str:
    """« 80 € », « −30 % », « jusqu’à 450 € », « 25 € par mois »; empty where there is no amount."""
    if given.percent is not None:
        return _("{n} %").format(n=given.percent)
    if given.cents is None:
        return ""
    amount = words.euros(given.cents)
    if given.is_monthly:
        return _("{amount} par mois").format(amount=amount)
    return _("jusqu’à {amount}").format(amount=amount) if given.is_most else amount


def _codes(leaf: Leaf | None, answer: Answer, asked: Asked) -> list[str]:
    if leaf is None:
        return []
    code = code_of(leaf)
    if not isinstance(leaf.criterion, criteria.Age) or answer.person is None or answer.person.born is None:
        return [code]
    on = leaf.criterion.on
    age = age_on(on.of_year.in_year(asked.day.year) if on.of_year else asked.day, born=answer.person.born)
    is_under = leaf.criterion.at_least is not None and age < leaf.criterion.at_least
    return ["age_under" if is_under else "age_over", code]


def _usual(leaf: Leaf | None, answer: Answer, asked: Asked, *, hides_income: bool) -> str:
    if leaf is None:
        return _("Ce droit n’est pas ouvert pour vous aujourd’hui.")
    fact = fact_of(leaf, answer.person, asked, hides_income=hides_income)
    if leaf.met is Truth.UNKNOWN:
        return _("Il nous manque une information. Condition : {rule}.").format(rule=fact.rule)
    if fact.value:
        return _("Condition : {rule}. Aujourd’hui : {value}.").format(rule=fact.rule, value=fact.value)
    return _("Condition : {rule}.").format(rule=fact.rule)


def _filled(text: str, answer: Answer, asked: Asked, *, leaf: Leaf | None = None, hides_income: bool = False) -> str:
    """Empty where a word of it has no value: another sentence is found. « de {prénom} » is elided where it must be."""
    if answer.person and words.elides(answer.person.name):
        text = text.replace("de {prénom}", "d’{prénom}")
    known = _Known(_words(answer, asked, leaf=leaf, hides_income=hides_income))
    said = text.format_map(known)
    return "" if known.is_missing else said


class _Known(dict[str, str]):
    is_missing = False

    def __missing__(self, _key: str) -> str:
        self.is_missing = True
        return ""


def _words(answer: Answer, asked: Asked, *, leaf: Leaf | None, hides_income: bool) -> Mapping[str, Any]:
    person, right, day = answer.person, answer.right, asked.day
    earning = asked.home.earning_on(day)
    known: dict[str, Any] = {
        "prénom": person.name if person else None,
        "âge": age_on(day, born=person.born) if person and person.born else None,
        "n": _count(answer, asked, leaf),
        "taux": answer.given.percent,
        "montant": _number(answer.given.cents),
        "limite": _limit(answer, asked, leaf),
        "date": _turned(answer, leaf),
        **_bounds(leaf, right.criterion),
    }
    if earning and not hides_income:
        known |= {"qf": _number(earning.quotient_cents), "mois": words.month(earning.month)}
        known |= {"source": earning.source, "tranche": asked.situation.bracket or None}
    return {name: value for name, value in known.items() if value is not None}


def _number(cents: int | None) -> str | None:
    """« 1 211 »: the text brings the euro."""
    return None if cents is None else words.euros(cents).replace("€", "").strip(" \u00a0\u202f")


def _count(answer: Answer, asked: Asked, leaf: Leaf | None) -> int | None:
    counted = [one.criterion for one in answer.leaves if isinstance(one.criterion, criteria.Children)]
    if answer.right.amount and answer.right.amount.steps and answer.verdict is Verdict.YES:
        return count_of(answer.right.amount, asked.situation)
    if counted:
        return children_counted(counted[0], asked)
    return len(asked.situation.persons)


def _limit(answer: Answer, asked: Asked, leaf: Leaf | None) -> str | None:
    found = [one for one in atoms_of(answer.right.criterion) if isinstance(one, criteria.Bracket)]
    limit = vocabulary_limit(found[0].one_of, asked.vocabulary) if found else None
    return None if limit is None else _number(limit * 100)


def _turned(answer: Answer, leaf: Leaf | None) -> str | None:
    """The day on which somebody became too old."""
    if leaf is None or not isinstance(leaf.criterion, criteria.Age) or leaf.criterion.at_most is None:
        return None
    if answer.person is None or answer.person.born is None:
        return None
    born, years = answer.person.born, leaf.criterion.at_most + 1
    try:
        return words.full_day(born.replace(year=born.year + years))
    except ValueError:
        return words.full_day(born.replace(year=born.year + years, month=3, day=1))


def _bounds(leaf: Leaf | None, criterion: criteria.Criterion) -> Mapping[str, int | None]:
    ages = [one for one in atoms_of(criterion) if isinstance(one, criteria.Age)]
    if leaf is not None and isinstance(leaf.criterion, criteria.Age):
        ages = [leaf.criterion]
    return {"min": ages[0].at_least, "max": ages[0].at_most} if ages else {}
