"""The months of an aid are ordered as they come, as long as its right lasts."""

from datetime import datetime

import structlog
from django.db import DatabaseError, transaction
from django.utils import timezone

from xpassfam.entitlements.models import Use
from xpassfam.filings import asking
from xpassfam.filings.granting import HOME, Grant
from xpassfam.filings.holding import hold, hold_home
from xpassfam.filings.models import Filing
from xpassfam.filings.months import due_months, label_of, rights_on
from xpassfam.journal.actions import Actor
from xpassfam.payments.actions import order
from xpassfam.payments.actions.ordering import AlreadyOrdered
from xpassfam.payments.models import PaymentOrder

log = structlog.get_logger(__name__)
CLOCK = Actor(kind="system")


def order_due(*, at: datetime) -> int:
    """What nobody gave back, of rights and homes that are still there; return how many months were ordered.

    One that can't be is logged, and does not keep the others from theirs.
    """
    today = timezone.localdate(at)
    uses = Use.objects.standing().filter(right__in=rights_on(today), since__lte=today, until__gte=today)
    count = 0
    for one in list(uses.filter(household__closed_on=None)):
        try:
            count += _order(one, at=at)
        except (DatabaseError, ValueError, AlreadyOrdered):
            log.exception("monthly_aid.not_ordered", use=one.pk)
    return count


def _order(use: Use, *, at: datetime) -> int:
    """A month that was ordered is not ordered again, even where an agent cancelled it since."""
    granted_by = Filing.objects.filter(public_id=use.cause).first()
    if granted_by is None:  # a use that no request granted pays nothing
        return 0
    with transaction.atomic():
        filing = hold(granted_by)
        hold_home(filing)
        use = Use.objects.select_related("household", "person").get(pk=use.pk)
        aid = filing.definition.aid
        # With answers of its own, « pay » ordered what was asked, once: see `months.is_paid_monthly`.
        is_paid = dict(asking.effects_of(filing)).get("pay") == {}
        granted = _granted(use, filing)
        if use.cancelled_at or not use.amount_cents or aid is None or not is_paid or granted is None:
            return 0
        months = due_months(max(use.since, use.used_on), use.until, on=timezone.localdate(at))
        labels = [label_of(aid.label, granted["name"], month) for month in months]
        known = set(PaymentOrder.objects.filter(cause=use.cause).values_list("label", flat=True))
        missing = [label for label in labels if label not in known]
        for label in missing:
            order(use.household, amount_cents=use.amount_cents, label=label, cause=use.cause, by=CLOCK, at=at)
    return len(missing)


def _granted(use: Use, filing: Filing) -> Grant | None:
    """What the decision gives each month, with the name of that day: whoever takes another is not paid twice."""
    whose = use.person.public_id if use.person else HOME
    standing = filing.decisions.filter(superseded_at=None).first()
    grants = standing.grants if standing else []
    return next((one for one in grants if one["person"] == whose and one.get("is_monthly")), None)
