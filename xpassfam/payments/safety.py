"""Whether somebody must wait before they may ask for another account.

Whoever took over a mailbox sets a new password first; three days leave its owner time to notice.
"""

from datetime import datetime, timedelta

from xpassfam.accounts import history
from xpassfam.accounts.freezing import frozen_until
from xpassfam.accounts.models import Account
from xpassfam.journal.models import Line
from xpassfam.people.models import Correction

WAIT = timedelta(hours=72)


def waits_until(account: Account, *, at: datetime) -> datetime | None:
    """When the account's owner may ask, after a new password, a new e-mail, or « Ce n’était pas moi »; None: now
    (reason M16)."""
    since = at - WAIT
    passwords = Line.objects.filter(
        account=account.public_id, person=_person(account), kind=history.PASSWORD_CHANGED.code, at__gt=since
    )
    emails = Correction.objects.filter(person=account.person_id, field="email", at__gt=since)
    changes = [*passwords.values_list("at", flat=True), *emails.values_list("at", flat=True)]
    ends = [change + WAIT for change in changes]
    if frozen := frozen_until(account, at):
        ends.append(frozen)
    return max(ends, default=None)


def _person(account: Account) -> str:
    return account.person.public_id if account.person else ""
