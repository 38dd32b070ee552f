"""The administrator's choice as pages ask for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from xpassfam.household.models import ConfirmationRule, FieldPolicy
from xpassfam.household.models.policy import USUAL_MONTHS
from xpassfam.organisation.models import Organisation
from xpassfam.organisation.models import current as current_organisation
from xpassfam.rules.field_policy import FACTS, Audience, Mode, Rule


@dataclass(frozen=True)
class Policy:
    """`months` is how long a confirmation holds; none: until the first of September."""

    rules: Mapping[tuple[str, Audience], Rule] = field(default_factory=dict)
    months: int | None = USUAL_MONTHS

    def is_hidden_from_somebody(self, code: str) -> bool:
        return any(self.rule(code, audience).mode is Mode.HIDDEN for audience in Audience)

    def rule(self, code: str, audience: Audience) -> Rule:
        return self.rules.get((code, audience)) or FACTS[code].usual[audience]


_kept: tuple[Organisation, Policy] | None = None


def current() -> Policy:
    """As old as the organisation's own row, which each process keeps for some seconds: for pages to read."""
    global _kept
    organisation = current_organisation()
    if _kept is None or _kept[0] is not organisation:
        _kept = organisation, read()
    return _kept[1]


def read() -> Policy:
    """From the database: for whoever writes."""
    rules = {
        (row.field, Audience(row.audience)): Rule(Mode(row.mode), row.is_required)
        for row in FieldPolicy.objects.order_by("pk")
        if row.field in FACTS
    }
    chosen = ConfirmationRule.objects.first()
    return Policy(rules, chosen.months if chosen else USUAL_MONTHS)
