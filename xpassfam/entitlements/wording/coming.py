"""What comes, in words: « Emma aura 18 ans », « Se ferme : Centre de loisirs à tarif réduit, pour Emma. »"""

from dataclasses import replace
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xpassfam.documents.kinds import kind_of
from xpassfam.entitlements.coming import Cause, Event, Turn, What
from xpassfam.entitlements.wording.answers import given_in_words
from xpassfam.ui import words

ORDER = list(What)


def title_of(event: Event) -> str:
    """« Emma aura 18 ans »."""
    match event.cause:
        case Cause.BIRTHDAY:
            return ngettext("{name} aura {n} an", "{name} aura {n} ans", event.age or 0).format(
                name=event.name, n=event.age
            )
        case Cause.PAPER_ENDED if not event.of:
            return _("Dernier jour d’un document")
        case Cause.PAPER_ENDED:
            text = _("Dernier jour d’un document de {name} : {document}")
            text = _("Dernier jour d’un document d’{name} : {document}") if words.elides(event.name) else text
            return text.format(name=event.name, document=kind_of(event.of).label)
        case Cause.INCOME_ENDED:
            month = words.month(date.fromisoformat(event.of))
            return _("Votre quotient familial de {month} ne comptera plus").format(month=month)
        case Cause.SEASON_BEGINS:
            return _("Les demandes commencent : {rights}").format(rights=_rights(event))
        case Cause.SEASON_ENDED:
            return _("Les demandes se terminent : {rights}").format(rights=_rights(event))
        case Cause.YEAR if event.on.month > 1:
            return _("Une année scolaire commence")
        case _:
            return _usual_titles()[event.cause]


def lines_of(event: Event) -> list[str]:
    """One for each right, whoever it is for."""
    if not event.turns:
        return [_("Vos droits ne changent pas ce jour-là.")]
    ordered = sorted(event.turns, key=lambda turn: (ORDER.index(turn.what), turn.code))
    return [_line(list(turns)) for _key, turns in groupby(ordered, key=lambda turn: (turn.what, turn.code))]


def advice_of(event: Event) -> str:
    """What to do; empty where there is nothing to."""
    match event.cause:
        case Cause.INCOME_ENDED:
            return _("Donnez un quotient familial plus récent : vos droits continueront sans attendre.")
        case Cause.PAPER_ENDED:
            text = _("Donnez le nouveau dès que vous l’avez. Vous pouvez l’envoyer jusqu’au {day} sans rien perdre.")
            return text.format(day=words.short_day(event.last_day))
        case Cause.SEASON_BEGINS:
            return _("Faites la demande à partir de ce jour.")
        case Cause.SEASON_ENDED:
            day = words.short_day(event.last_day)
            return _("Si ce n’est pas fait, envoyez votre demande le {day} au plus tard.").format(day=day)
    if any(turn.what in (What.ASKS, What.MAY_OPEN) for turn in event.turns):
        return _("Une information ou un document manquera : la page du droit dit ce qu’il faut donner.")
    return _("Vous n’avez rien à faire.") if event.turns else ""


def discreet(event: Event) -> Event:
    """The same for a mail, which crosses the world: what tells of somebody's health is not named."""
    turns = tuple(
        replace(turn, title=_("un droit de votre foyer"), name="") if turn.is_discreet else turn for turn in event.turns
    )
    is_restricted = event.cause is Cause.PAPER_ENDED and kind_of(event.of).is_restricted
    return replace(event, turns=turns, of="", name="") if is_restricted else replace(event, turns=turns)


def wait_of(event: Event, today: date) -> str:
    """« dans 2 jours »."""
    days = (event.on - today).days
    if days <= 0:
        return _("aujourd’hui")
    return _("demain") if days == 1 else _("dans {n} jours").format(n=days)


def _line(turns: list[Turn]) -> str:
    first, whom = turns[0], _whom(turns)
    before, after = given_in_words(first.before), given_in_words(first.after)
    match first.what:
        case What.CLOSES:
            text = _("Se ferme : {right}{whom}.")
        case What.ASKS:
            text = _("À compléter : {right}{whom}.")
        case What.MAY_OPEN:
            text = _("Peut s’ouvrir, une fois complété : {right}{whom}.")
        case What.OPENS if after:
            text = _("S’ouvre : {right} ({after}){whom}.")
        case What.OPENS:
            text = _("S’ouvre : {right}{whom}.")
        case _ if before and after:
            text = _("Change : {right}{whom}, {before} puis {after}.")
        case _:
            text = _("Montant à préciser : {right}{whom}.")
    return text.format(right=first.title, whom=whom, before=before, after=after)


def _whom(turns: list[Turn]) -> str:
    names = [turn.name for turn in turns if turn.name]
    if not names:
        return ""
    if len(names) == 1:
        return _(", pour {name}").format(name=names[0])
    return _(", pour {names} et {last}").format(names=", ".join(names[:-1]), last=names[-1])


def _rights(event: Event) -> str:
    return ", ".join(dict.fromkeys(turn.title for turn in event.turns))


def _usual_titles() -> dict[Cause, str]:
    return {
        Cause.PERIOD_ENDED: _("Un droit obtenu arrive à sa fin"),
        Cause.HOME: _("Votre foyer change"),
        Cause.MEMBERSHIP_ENDED: _("Votre adhésion se termine"),
        Cause.RULES: _("Les règles changent"),
        Cause.YEAR: _("Une année commence"),
    }
