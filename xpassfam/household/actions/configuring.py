"""An administrator says what families see and change."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from xpassfam.household import history, policy
from xpassfam.household.models import ConfirmationRule, FieldPolicy
from xpassfam.household.models.policy import ONLY_ID
from xpassfam.journal.actions import Actor, write
from xpassfam.organisation.models import forget
from xpassfam.rules.field_policy import FACTS, Audience, Rule, is_offered


class NotOffered(Exception):
    """A rule that the bounds of `rules.field_policy` do not leave to a setting."""


def configure(
    rules: Mapping[tuple[str, Audience], Rule], *, months: int | None, by: Actor, at: datetime
) -> policy.Policy:
    """Keep the rules given, the others as they are. Pages follow within seconds, actions at once."""
    for (code, audience), rule in rules.items():
        if not is_offered(rule, FACTS[code], audience):
            raise NotOffered(code)
    with transaction.atomic():
        before = policy.read()
        changes = sorted({code for (code, audience), rule in rules.items() if before.rule(code, audience) != rule})
        for (code, audience), rule in rules.items():
            FieldPolicy.objects.update_or_create(
                field=code, audience=audience, defaults={"mode": rule.mode, "is_required": rule.is_required}
            )
        ConfirmationRule.objects.update_or_create(id=ONLY_ID, defaults={"months": months})
        if before.months != months:
            changes.append("confirmation")
        if changes:
            write(history.CONFIGURED, by=by, at=at, facts={"changes": ", ".join(changes)})
        transaction.on_commit(forget)
    return policy.read()
