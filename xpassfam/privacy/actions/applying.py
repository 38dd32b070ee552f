"""The rules applied: each by itself, so that one that fails stops no other; what was done is a report."""

import logging
from datetime import datetime

from django.db import transaction

from xpassfam.accounts.models import Account
from xpassfam.journal.actions import Actor, Fact, write
from xpassfam.privacy import history, retention
from xpassfam.privacy.models import Length, Run
from xpassfam.ui.own_data import Rule

logger = logging.getLogger(__name__)
SYSTEM = Actor(kind="system")


class OutOfBounds(Exception):
    """Shorter or longer than the law, or a promise, lets the organisation choose."""


def apply_all(*, at: datetime, by: Actor = SYSTEM) -> list[Run]:
    chosen = retention.lengths()
    runs = [apply(rule, retention.length_of(rule, chosen), at=at) for rule in retention.rules()]
    count = sum(run.deleted for run in runs)
    if count:
        with transaction.atomic():
            write(history.PURGED, by=by, at=at, facts={"count": count})
    return runs


def apply(rule: Rule, length: int, *, at: datetime) -> Run:
    limit = retention.before(rule, length, at=at)
    run = Run(code=rule.code, at=at, due=rule.due(limit, at))
    try:
        run.deleted = rule.purge(limit, at) if run.due else 0
    except Exception:
        # The next night tries again; the page says that it failed.
        logger.exception("the retention rule %s failed", rule.code)
        run.has_failed = True
    run.save(force_insert=True)
    return run


def choose(rule: Rule, length: int, *, by: Account, at: datetime) -> None:
    """Raise OutOfBounds."""
    if rule.is_fixed or retention.is_set_elsewhere(rule) or not rule.least <= length <= rule.most:
        raise OutOfBounds
    before = retention.length_of(rule, retention.lengths())
    if before == length:
        return
    with transaction.atomic():
        said = {"length": length, "chosen_by": str(by), "chosen_at": at}
        Length.objects.update_or_create(code=rule.code, defaults=said)
        facts: dict[str, Fact] = {
            "what": str(rule.title),
            "before": retention.in_words(rule, before),
            "after": retention.in_words(rule, length),
        }
        write(history.LENGTH_CHANGED, by=by.actor, at=at, facts=facts)
