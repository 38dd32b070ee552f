"""Whether somebody must wait before they may ask for another account.

Whoever took over a mailbox sets a new password first; three days leave its owner time to notice.
"""

from datetime import datetime, timedelta

from xpassfam.accounts import history
from xpassfam.accounts.models import Account
from xpassfam.journal.models import Line
from xpassfam.people.models import Correction

WAIT = timedelta(hours=72)


def waits_until(account: Account, *, at: datetime) -> datetime | None:
    """When the account's owner may ask, after a new password or a new e-mail; None: now (reason M16)."""
    since = at - WAIT
    passwords = Line.objects.filter(
        account=account.public_id, person=_person(account), kind=history.PASSWORD_CHANGED.code, at__gt=since
    )
    emails = Correction.objects.filter(person=account.person_id, field="email", at__gt=since)
    changes = [*passwords.values_list("at", flat=True), *emails.values_list("at", flat=True)]
    return max(changes) + WAIT if changes else None


def _person(account: Account) -> str:
    return account.person.public_id if account.person else ""
