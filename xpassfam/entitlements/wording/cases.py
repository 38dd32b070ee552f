"""A case kept with a rule: who it is about, what it expects, what came out."""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xpassfam.entitlements.language import Case
from xpassfam.entitlements.trying import Tried
from xpassfam.entitlements.wording.rules import years_in_words
from xpassfam.rules.ages import age_on
from xpassfam.ui import words

ANSWERS: dict[str, str | Promise] = {
    "yes": gettext_lazy("oui"),
    "no": gettext_lazy("non"),
    "unknown": gettext_lazy("pas encore connu"),
    "review": gettext_lazy("à étudier"),
}


def case_in_words(tried: Tried) -> str:
    """« Cas « À 1 201 € » : attendu non, obtenu oui, 80. »"""
    text = _("Cas « {name} » : attendu {expected}, obtenu {obtained}.")
    return text.format(name=tried.case.name, expected=expected(tried.case), obtained=obtained(tried))


def expected(case: Case) -> str:
    return _with(ANSWERS[case.answer], case.amount)


def obtained(tried: Tried) -> str:
    """Its amount only where the case expects one."""
    return _with(ANSWERS[tried.judged.verdict], tried.amount if tried.case.amount is not None else None)


def home_in_words(case: Case) -> str:
    """« le 23 novembre 2026 ; quotient 984 € ; 9 ans »."""
    day = date.fromisoformat(case.on)
    told = [_("le {day}").format(day=words.full_day(day))]
    if case.quotient is not None:
        told.append(_("quotient {amount}").format(amount=words.euros(case.quotient * 100)))
    if case.adults != 2:
        told.append(
            _("{n} adulte").format(n=case.adults) if case.adults < 2 else _("{n} adultes").format(n=case.adults)
        )
    told += [years_in_words(age_on(day, born=date.fromisoformat(child.born))) for child in case.children]
    if case.used_on:
        told.append(_("déjà utilisé le {day}").format(day=words.full_day(date.fromisoformat(case.used_on))))
    return ", ".join(told)


def _with(answer: str | Promise, amount: int | None) -> str:
    return str(answer) if amount is None else f"{answer}, {amount}"
