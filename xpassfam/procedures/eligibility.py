"""Whether a family may file a procedure, and what it is told where it may not: from what decided, in words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xpassfam.people.models import Residence
from xpassfam.procedures.facts import Facts
from xpassfam.procedures.language import Definition
from xpassfam.rules.criteria import Children, Reason, Situation, Today, Truth, deciding, evaluate
from xpassfam.ui import words

REQUESTS = "requests"
OTHER = "other"
FROZEN = "frozen"


@dataclass(frozen=True)
class Standing:
    """`why_not` is empty where they may; `remark` says then what is not known yet."""

    may_file: bool
    why_not: str = ""
    remark: str = ""


def standing(definition: Definition, facts: Facts, *, is_open: bool = True) -> Standing:
    """What is not known stands in nobody's way: whoever decides will see."""
    if why_closed := closed(definition, facts.today, is_open=is_open):
        return Standing(False, why_closed)
    if REQUESTS not in facts.acts and facts.is_frozen:
        return Standing(False, _("Une séparation est déclarée : appelez-nous pour cette démarche."))
    if REQUESTS not in facts.acts:
        text = _("Votre accès permet de voir ce dossier, pas de déposer une demande. Son titulaire peut l’étendre.")
        return Standing(False, text)
    trace = evaluate(definition.who.criterion, facts.situation({}))
    said = " ".join(dict.fromkeys(_sentences(definition, deciding(trace))))
    if trace.truth is Truth.NO:
        return Standing(False, said)
    return Standing(True, remark=said if trace.truth is Truth.UNKNOWN else "")


def closed(definition: Definition, today: date, *, is_open: bool = True) -> str:
    """Why nobody may file it that day; empty where it is open."""
    if not is_open:
        return _("Cette démarche est fermée pour le moment.")
    period = definition.period
    if period is None or evaluate(Today(period.since, period.until), Situation(today)).holds:
        return ""
    opens = words.short_day(_next(period.since.in_year, today))
    return period.closed or _("Cette démarche ouvre le {day}.").format(day=opens)


def _next(in_year: Callable[[int], date], today: date) -> date:
    this_year = in_year(today.year)
    return this_year if this_year >= today else in_year(today.year + 1)


def _sentences(definition: Definition, reasons: tuple[Reason, ...]) -> Iterator[str]:
    """The definition's own words, by the code of what decided; else ours."""
    own = definition.who.why_not
    for reason in _of_use(reasons):
        yield own.get(reason.code) or own.get(OTHER) or USUAL[reason.code.removesuffix("_unknown")](reason)


def _of_use(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """Where sharing is frozen, that alone: who may do what, and how many they are, is what an agent has to settle, and
    nobody is sent to the holder, who may be the other.
    """
    return tuple(reason for reason in reasons if reason.code == FROZEN) or reasons


def _role(reason: Reason) -> str:
    labels = dict(Residence.Role.choices)
    roles: Any = getattr(reason.atom, "one_of", ())
    named = ", ".join(str(labels[role]).lower() for role in roles if role in labels)
    return _("Cette démarche dépend de la place dans le foyer : {roles}.").format(roles=named)


def _children(reason: Reason) -> str:
    atom = reason.atom
    if not isinstance(atom, Children) or reason.truth is Truth.UNKNOWN:
        return _("Il nous manque une date de naissance.")
    ages = _ages(atom)
    if atom.at_least is not None and atom.at_least > 1:
        text = ngettext(
            "Il faut au moins {n} enfant {ages}dans le foyer.",
            "Il faut au moins {n} enfants {ages}dans le foyer.",
            atom.at_least,
        )
        return text.format(n=atom.at_least, ages=ages)
    return _("Aucun enfant {ages}dans votre foyer.").format(ages=ages)


def _ages(atom: Children) -> str:
    low, high = atom.age_at_least, atom.age_at_most
    if low is not None and high is not None:
        return _("de {low} à {high} ans ").format(low=low, high=high)
    if high is not None:
        return _("de {high} ans au plus ").format(high=high)
    return _("de {low} ans au moins ").format(low=low) if low is not None else ""


def _bracket(reason: Reason) -> str:
    if reason.truth is Truth.UNKNOWN:
        return _("Il nous manque votre quotient familial.")
    return _("Votre quotient familial n’est pas dans les tranches concernées.")


USUAL: dict[str, Callable[[Reason], str]] = {
    "age": lambda _reason: _("Votre âge n’est pas celui que cette démarche demande."),
    "role": _role,
    "children": _children,
    "adults": lambda _reason: _("Cette démarche dépend du nombre d’adultes du foyer."),
    "bracket": _bracket,
    "today": lambda _reason: _("Ce n’est pas la période de cette démarche."),
    "profile": lambda _reason: _("Votre organisation ne propose pas cette démarche."),
    "permission": lambda _reason: _("Votre accès au dossier ne permet pas cette démarche."),
    "frozen": lambda _reason: _("Une séparation est déclarée : appelez-nous pour cette démarche."),
    "answer": lambda _reason: _("Une réponse ne va pas avec cette démarche."),
}
