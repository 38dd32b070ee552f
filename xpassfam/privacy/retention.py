"""Every rule by which time deletes, in one table: how long, how much is past its time, what was done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext, ngettext, npgettext

from xpassfam.accounts import for_privacy as accounts
from xpassfam.certificates import for_privacy as certificates
from xpassfam.documents import for_privacy as documents
from xpassfam.entitlements import for_privacy as entitlements
from xpassfam.filings import for_privacy as filings
from xpassfam.help import for_privacy as help_
from xpassfam.household import for_privacy as household
from xpassfam.journal import for_privacy as journal
from xpassfam.organisation.models import current
from xpassfam.outbox import for_privacy as outbox
from xpassfam.payments import for_privacy as payments
from xpassfam.privacy import ours
from xpassfam.privacy.models import Length, Run
from xpassfam.register import for_privacy as register
from xpassfam.rules import retention as rules_of_history
from xpassfam.rules.time_limits import months_before
from xpassfam.support import for_privacy as support
from xpassfam.ui.own_data import Rule

# What refers to the rest goes first.
SOURCES = (
    support, filings, certificates, documents, payments, entitlements, register, accounts, outbox, help_, ours,
    household, journal,
)  # fmt: skip
OF_HISTORY = {f"history_{family.code}": family for family in rules_of_history.FAMILIES}


def rules() -> list[Rule]:
    return [rule for source in SOURCES for rule in source.RULES]


def rule_of(code: str) -> Rule | None:
    return next((one for one in rules() if one.code == code), None)


def is_set_elsewhere(rule: Rule) -> bool:
    """The words of the history have their lengths among the organisation's legal settings."""
    return rule.code in OF_HISTORY


def lengths() -> Mapping[str, int]:
    """What the organisation chose. One query."""
    return dict(Length.objects.values_list("code", "length"))


def length_of(rule: Rule, chosen: Mapping[str, int]) -> int:
    """Within its bounds, whatever stands in the table: a bound may have moved since it was chosen."""
    if is_set_elsewhere(rule):
        return current().months_kept(OF_HISTORY[rule.code])
    return min(max(chosen.get(rule.code, rule.usual), rule.least), rule.most)


def before(rule: Rule, length: int, *, at: datetime) -> datetime:
    """What is older goes. Months are calendar months."""
    if rule.unit == "days":
        return at - timedelta(days=length)
    local = timezone.localtime(at)
    return months_before(local, length)


def in_words(rule: Rule, length: int) -> str:
    if not length:
        return gettext("Aussitôt")
    if rule.unit == "days":
        return ngettext("{n} jour", "{n} jours", length).format(n=length)
    if length % 12 == 0:
        # An age is another word in English: « 5 years old ».
        return npgettext("duration", "{n} an", "{n} ans", length // 12).format(n=length // 12)
    return ngettext("{n} mois", "{n} mois", length).format(n=length)


@dataclass(frozen=True)
class Row:
    """A rule as administrators read it; `due`: how many would go now."""

    rule: Rule
    length: int
    kept: str
    due: int
    last: Run | None
    is_set_elsewhere: bool


def table(*, at: datetime) -> list[Row]:
    chosen, last = lengths(), latest_runs()
    return [
        Row(
            rule,
            length := length_of(rule, chosen),
            in_words(rule, length),
            rule.due(before(rule, length, at=at), at),
            last.get(rule.code),
            is_set_elsewhere(rule),
        )
        for rule in rules()
    ]


def latest_runs() -> dict[str, Run]:
    """By rule. The table has one row a rule and a night, for as long as the organisation keeps its reports."""
    found: dict[str, Run] = {}
    for run in Run.objects.filter(at__gt=timezone.now() - timedelta(days=8)).order_by("at"):
        found[run.code] = run
    return found
