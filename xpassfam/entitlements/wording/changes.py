"""What changed of a home's rights, in one sentence: « Coup de pouce rentrée pour Inès (oui, 80 €, puis non) »."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from xpassfam.entitlements.asking import Key
from xpassfam.entitlements.judging import Verdict
from xpassfam.entitlements.kept import Kept
from xpassfam.entitlements.wording.answers import given_in_words
from xpassfam.entitlements.wording.rules import JOIN


def changes_in_words(before: Iterable[Kept], after: Iterable[Kept], keys: Iterable[Key]) -> str:
    was, becomes = ({one.key: one for one in ones} for ones in (before, after))
    return JOIN.join(_change(was.get(key), becomes.get(key)) for key in keys)


def answer_in_words(verdict: Verdict) -> str:
    return {
        Verdict.YES: _("oui"),
        Verdict.NO: _("non"),
        Verdict.UNKNOWN: _("à compléter"),
        Verdict.REVIEW: _("à étudier"),
    }[verdict]


def _change(before: Kept | None, after: Kept | None) -> str:
    one = after or before
    if one is None:
        return ""
    text = _("{right} pour {name} ({before}, puis {after})") if one.name else _("{right} ({before}, puis {after})")
    return text.format(right=one.title, name=one.name, before=_answer(before), after=_answer(after))


def _answer(one: Kept | None) -> str:
    """Who is not asked for has a no."""
    if one is None:
        return answer_in_words(Verdict.NO)
    amount = given_in_words(one.given) if one.answer is Verdict.YES else ""
    return (
        _("{answer} {amount}").format(answer=answer_in_words(one.answer), amount=amount)
        if amount
        else answer_in_words(one.answer)
    )
