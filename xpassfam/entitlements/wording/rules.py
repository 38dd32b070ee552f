"""A rule in one sentence: what each of its conditions asks."""

from collections.abc import Callable, Mapping
from typing import Any as Whatever

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from xpassfam.documents.kinds import kind_of
from xpassfam.entitlements.judging import vocabulary_limit
from xpassfam.entitlements.language import Vocabulary
from xpassfam.people.models import Activity as PersonActivity
from xpassfam.people.models import Residence
from xpassfam.rules import criteria
from xpassfam.rules.criteria.atoms import ADULTS
from xpassfam.ui import words

JOIN = gettext_lazy(" ; ")


def rule_in_words(criterion: criteria.Criterion, vocabulary: Vocabulary) -> str:
    """One sentence, without its full stop."""
    match criterion:
        case criteria.All(parts):
            return JOIN.join(rule_in_words(part, vocabulary) for part in parts) or _("Toujours")
        case criteria.Any(parts):
            said = [rule_in_words(part, vocabulary) for part in parts]
            return _(", ou bien ").join([said[0], *map(_uncapitalised, said[1:])]) if said else _("Jamais")
        case criteria.Not(part):
            return _("Pas ceci : {rule}").format(rule=_uncapitalised(rule_in_words(part, vocabulary)))
        case criteria.Named(name):
            return vocabulary.notion(name).label
        case criteria.Count(that):
            count = bounds_in_words(criterion, of=_persons)
            rule = _uncapitalised(rule_in_words(that, vocabulary))
            return _("{count} pour qui : {rule}").format(count=count, rule=rule)
        case _:
            return OF_ATOM[type(criterion)](criterion, vocabulary)


def bounds_in_words(
    atom: Whatever, *, low: str = "at_least", high: str = "at_most", of: Callable[[int], str] = str
) -> str:
    """« 6 à 18 », « 3 au moins », « 5 au plus »; with what they count, « 6 à 18 ans », « 3 enfants au moins »."""
    at_least, at_most = getattr(atom, low), getattr(atom, high)
    if at_least is None:
        return _("{n} au plus").format(n=of(at_most))
    if at_most is None:
        return _("{n} au moins").format(n=of(at_least))
    return of(at_least) if at_least == at_most else _("{low} à {high}").format(low=at_least, high=of(at_most))


def years_in_words(years: int) -> str:
    return _("{n} an").format(n=years) if years < 2 else _("{n} ans").format(n=years)


def season_in_words(atom: criteria.Today, year: int) -> str:
    """« du 1er juin au 30 novembre »."""
    since, until = (_day_of_year(day, year) for day in (atom.since, atom.until))
    return _("du {since} au {until}").format(since=since, until=until)


def activities_in_words(kinds: tuple[str, ...]) -> str:
    return _(" ou ").join(_uncapitalised(str(PersonActivity.Kind(kind).label)) for kind in kinds)


def _day_of_year(day: criteria.DayOfYear, year: int) -> str:
    """Without a year: it comes back."""
    return words.full_day(day.in_year(year)).rsplit(" ", 1)[0]


def _uncapitalised(text: str) -> str:
    return text[:1].lower() + text[1:]


def _age(atom: criteria.Age, _vocabulary: Vocabulary) -> str:
    ages = bounds_in_words(atom, of=years_in_words)
    if atom.on.of_year:
        return _("{ages} au {day}").format(ages=ages, day=_day_of_year(atom.on.of_year, 2000))
    return ages


def _children(atom: criteria.Children, _vocabulary: Vocabulary) -> str:
    count = bounds_in_words(atom, of=_children_counted)
    if atom.age_at_least is None and atom.age_at_most is None:
        return _("{count} au foyer").format(count=count)
    ages = bounds_in_words(atom, low="age_at_least", high="age_at_most", of=years_in_words)
    return _("{count}, de {ages}").format(count=count, ages=ages)


def _adults(atom: criteria.Adults, _vocabulary: Vocabulary) -> str:
    if atom.at_most == 1 and not atom.at_least:
        return _("Un seul adulte au foyer")
    return _("{count} au foyer").format(count=bounds_in_words(atom, of=_adults_counted))


def _persons(count: int) -> str:
    return ngettext("{n} personne du foyer", "{n} personnes du foyer", count).format(n=count)


def _children_counted(count: int) -> str:
    return ngettext("{n} enfant", "{n} enfants", count).format(n=count)


def _adults_counted(count: int) -> str:
    return ngettext("{n} adulte", "{n} adultes", count).format(n=count)


def _bracket(atom: criteria.Bracket, vocabulary: Vocabulary) -> str:
    limit = vocabulary_limit(atom.one_of, vocabulary)
    names = ", ".join(atom.one_of)
    if limit is None:
        return _("Quotient familial en {names}").format(names=names)
    return _("Quotient familial de {limit} au plus ({names})").format(limit=words.euros(limit * 100), names=names)


def _paper(atom: criteria.Paper, _vocabulary: Vocabulary) -> str:
    return _("{document} en cours de validité").format(document=kind_of(atom.kind).label)


def _activity(atom: criteria.Activity, _vocabulary: Vocabulary) -> str:
    kinds = activities_in_words(atom.one_of)
    return _("Chaque parent {kinds}").format(kinds=kinds) if atom.of == ADULTS else kinds.capitalize()


def _earlier(atom: criteria.Earlier, _vocabulary: Vocabulary) -> str:
    within = {
        "calendar_year": _("dans l’année"), "school_year": _("dans l’année scolaire"),
        "twelve_months": _("dans les 12 derniers mois"),
    }[atom.within]  # fmt: skip
    text = _("Droit {right} utilisé {n} fois au plus {within}")
    return text.format(right=atom.right, n=atom.at_most, within=within)


def _role(atom: criteria.Role, _vocabulary: Vocabulary) -> str:
    return _(" ou ").join(str(Residence.Role(role).label) for role in atom.one_of if role)


def _profile(atom: criteria.LegalProfile, _vocabulary: Vocabulary) -> str:
    return _("Organisation de type {names}").format(names=", ".join(one.upper() for one in atom.one_of))


def _today(atom: criteria.Today, _vocabulary: Vocabulary) -> str:
    return _("Demande {season}").format(season=season_in_words(atom, 2000))


def _membership(atom: criteria.Membership, _vocabulary: Vocabulary) -> str:
    return _("Foyer adhérent") if atom.is_active else _("Foyer qui n’est plus adhérent")


OF_ATOM: Mapping[type, Callable[[Whatever, Vocabulary], str]] = {
    criteria.Age: _age,
    criteria.Children: _children,
    criteria.Adults: _adults,
    criteria.Bracket: _bracket,
    criteria.Paper: _paper,
    criteria.Activity: _activity,
    criteria.Earlier: _earlier,
    criteria.Role: _role,
    criteria.LegalProfile: _profile,
    criteria.Today: _today,
    criteria.Membership: _membership,
}
