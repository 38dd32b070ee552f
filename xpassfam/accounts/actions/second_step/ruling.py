"""What the organisation asks of one account in particular."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xpassfam.accounts import history
from xpassfam.accounts.models import Account
from xpassfam.accounts.telling import mail, record
from xpassfam.journal.actions import Actor


def rule(account: Account, policy: str, *, by: Actor, at: datetime) -> None:
    """`policy` is a `SecondStep`, or nothing: as for all. The owner is told, in their history and by mail."""
    with transaction.atomic():
        account.second_step_policy = policy
        account.save(update_fields=["second_step_policy"])
        said = str(account.get_second_step_policy_display()) if policy else _("Comme pour tous")
        record(account, history.SECOND_STEP_POLICY, by=by, at=at, facts={"name": str(account), "policy": said})
        mail(account, "accounts/mail/second_step_policy", at=at, policy=policy)
