"""Aids that a right gives each month: which months are due, and what each one's payment is called."""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone, translation

from xpassfam.entitlements.language import Right
from xpassfam.entitlements.language.model import Unit
from xpassfam.entitlements.published import NoRules, rules_on
from xpassfam.filings.models import Filing
from xpassfam.rules.time_limits import add_months
from xpassfam.ui import words

LONGEST_LABEL = 140  # of a payment


def is_monthly(right: Right) -> bool:
    return right.amount is not None and right.amount.unit is Unit.EUROS_A_MONTH


def rights_on(day: date) -> dict[str, Right]:
    """Those that are open, by their code."""
    try:
        return {one.right.code: one.right for one in rules_on(day).rules}
    except NoRules:
        return {}


def is_paid_monthly(filing: Filing) -> bool:
    """By the rules of the day on which it was sent, where its definition uses the right that it pays: without, no month
    follows the first, and what is paid of an answer is paid once.
    """
    aid, effects = filing.definition.aid, {effect.name: effect for effect in filing.definition.effects}
    if aid is None or not {"pay", "use_right"} <= effects.keys() or effects["pay"].answers:
        return False
    right = rights_on(timezone.localdate(filing.filed_at or filing.saved_at)).get(aid.right)
    return right is not None and is_monthly(right)


def due_months(since: date, until: date, *, on: date) -> Iterator[date]:
    """The first one at once, each other from its first day on: twelve for twelve months, whichever day they begin."""
    count = 0
    while (day := add_months(since, count)) <= until and (count == 0 or day.replace(day=1) <= on):
        yield day.replace(day=1)
        count += 1


def label_of(label: str, name: str, month: date) -> str:
    """« Soutien parent seul, décembre 2026 »: one payment of a decision is told from another by it."""
    with translation.override("fr"):
        when = f", {words.month(month)}"
        return ", ".join(filter(None, [label, name]))[: LONGEST_LABEL - len(when)] + when
