"""An agent takes what comes next: never the same to two."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from xpassfam.accounts.models import Account
from xpassfam.filings.actions import examining
from xpassfam.filings.models import Filing
from xpassfam.filings.states import AT_DESK


def take_next(*, by: Account, at: datetime) -> Filing | None:
    """The most urgent that nobody follows, of no team or of one of the agent's; None where there is none.

    A row that another agent is taking is passed over. What contests a decision of the agent's own is another's.
    """
    own = Q(team=None) | Q(team__in=by.teams.values("pk"))
    free = Filing.objects.pending().filter(own, status__in=AT_DESK, assigned_to=None).exclude(contests__decided_by=by)
    with transaction.atomic():
        found = free.order_by("due_on", "pk").select_for_update(of=("self",), skip_locked=True).first()
        return examining.take(found, by=by, at=at) if found else None
