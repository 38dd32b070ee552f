"""What « Sécurité et appareils » says of the channels of its owner: `accounts/family/security/_channels.html`."""

from typing import Any

from xpassfam.accounts.models import Account
from xpassfam.outbox import sms


def context(account: Account) -> dict[str, Any]:
    """The same in discreet mode or not: the page may be read over a shoulder. No query."""
    return {"has_phone": bool(account.verified_phone), "may_have_phone": sms.is_on()}
