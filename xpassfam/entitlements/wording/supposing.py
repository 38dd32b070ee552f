"""What would be otherwise, side by side; what would change a « no »."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from xpassfam.entitlements.asking import Answer, Asked
from xpassfam.entitlements.coming import Turn, What
from xpassfam.entitlements.judging import Verdict, amount_of, situation_for, vocabulary_limit
from xpassfam.entitlements.supposing import shares_of
from xpassfam.entitlements.wording.answers import given_in_words
from xpassfam.rules import criteria
from xpassfam.rules.criteria import Truth
from xpassfam.rules.income import monthly_over
from xpassfam.ui import words


@dataclass(frozen=True)
class Difference:
    """A right, for whom; today beside what would be."""

    title: str
    whom: str
    before: str
    after: str


@dataclass(frozen=True)
class Group:
    title: str
    kind: str
    icon: str
    rows: list[Difference]


def groups_of(turns: list[Turn]) -> list[Group]:
    """What would open first."""
    kinds = (
        ((What.OPENS,), _("S’ouvrirait"), "ok", "circle-check"),
        ((What.CLOSES,), _("Se fermerait"), "no", "circle-alert"),
        ((What.CHANGES,), _("Changerait de montant"), "wait", "refresh-cw"),
        ((What.ASKS, What.MAY_OPEN), _("Serait à compléter"), "wait", "circle-help"),
    )
    found = [
        Group(title, kind, icon, _together([_difference(one) for one in turns if one.what in wanted]))
        for wanted, title, kind, icon in kinds
    ]
    return [group for group in found if group.rows]


def would_change(answer: Answer, asked: Asked) -> str:
    """« 44 € de ressources en moins par mois pour le foyer. Vous recevriez alors 80 €. »; empty where the income is not
    alone to decide. Not for who may not read what the home lives on."""
    earning = asked.home.earning_on(asked.day)
    if answer.verdict is not Verdict.NO or earning is None:
        return ""
    for leaf in answer.leaves:
        if leaf.decides and leaf.met is Truth.NO and isinstance(leaf.criterion, criteria.Bracket):
            limit = vocabulary_limit(leaf.criterion.one_of, asked.vocabulary)
            if limit is None or earning.quotient_cents <= limit * 100:
                return ""
            cents = monthly_over(earning.quotient_cents, limit, shares_of(asked.home, asked.day, asked.rules))
            text = _("{amount} de ressources en moins par mois pour le foyer.").format(amount=words.euros(cents))
            given = _given_with(answer, asked, bracket=_bracket_at(limit, asked))
            then = _("Vous recevriez alors {amount}.").format(amount=given) if given else ""
            return f"{text} {then}".strip()
    return ""


def _bracket_at(limit: int, asked: Asked) -> str:
    return next(one.name for one in asked.vocabulary.brackets if one.until == limit)


def _given_with(answer: Answer, asked: Asked, *, bracket: str) -> str:
    situation = replace(asked.situation, bracket=bracket)
    person, right = answer.person, answer.right
    share = person.share if person and right.shared else 100
    return given_in_words(amount_of(right.amount, situation_for(situation, person), share=share))


def _together(rows: list[Difference]) -> list[Difference]:
    """The same for several is said once."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for row in rows:
        found.setdefault((row.title, row.before, row.after), []).append(row.whom)
    return [Difference(title, ", ".join(whom), before, after) for (title, before, after), whom in found.items()]


def _difference(turn: Turn) -> Difference:
    was_open = turn.what in (What.CLOSES, What.CHANGES, What.ASKS)
    becomes_open = turn.what in (What.OPENS, What.CHANGES)
    before = _open(given_in_words(turn.before)) if was_open else _("pas ouvert")
    after = _open(given_in_words(turn.after)) if becomes_open else _("pas ouvert")
    if turn.what in (What.ASKS, What.MAY_OPEN):
        after = _("à compléter")
    if not turn.name:
        return Difference(turn.title, _("Tout le foyer"), before, after)
    return Difference(turn.title, turn.name, before, after)


def _open(amount: str) -> str:
    return amount or _("oui")
