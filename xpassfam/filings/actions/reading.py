"""An agent takes a paper or a file away: the family's history says that its filing was read."""

from datetime import datetime, timedelta

from xpassfam.accounts.models import Account
from xpassfam.filings import history, telling
from xpassfam.filings.actions.examining import READ_AGAIN_AFTER_SECONDS
from xpassfam.filings.models import Filing


def note_taken(filing: Filing, *, by: Account, at: datetime) -> None:
    """Unless the line is there already, from the page that leads to it."""
    since = at - timedelta(seconds=READ_AGAIN_AFTER_SECONDS)
    if not filing.presences.filter(account=by, seen_at__gt=since).exists():
        telling.record(filing, history.READ, by=by.actor, at=at)
