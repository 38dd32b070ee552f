"""What « Sécurité et appareils » says of the channels of its owner: `accounts/family/security/_channels.html`."""

from typing import Any

from xpassfam.accounts.models import Account, ContactChoices
from xpassfam.outbox import sms


def context(account: Account) -> dict[str, Any]:
    """One query."""
    is_discreet = ContactChoices.objects.filter(account=account, is_discreet=True).exists()
    return {
        "email": account.email,
        "phone": account.verified_phone[-2:],
        "may_have_phone": sms.is_on(),
        "is_discreet": is_discreet,
    }
