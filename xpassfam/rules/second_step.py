"""When a sign-in asks for a second step, and by which methods.

Sources: CNIL, délibération 2025-019 (multi-factor authentication); OWASP ASVS 5.0, 6.3.3, 6.3.4, 6.4.3.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

RESET_IS_RECENT = timedelta(hours=72)


class Policy(StrEnum):
    """What an organisation asks of families, or of one of them."""

    OFF = "off"
    OFFERED = "offered"
    CONDITION = "condition"  # on a new device, or soon after a new password
    REQUIRED = "required"


class Method(StrEnum):
    """From the surest."""

    PASSKEY = "passkey"
    TOTP = "totp"
    SMS = "sms"
    EMAIL = "email"


STRONG = frozenset({Method.PASSKEY, Method.TOTP})


@dataclass(frozen=True)
class Situation:
    """One sign-in, its password right. `enrolled`: what the owner turned on."""

    is_staff: bool
    policy: Policy
    enrolled: frozenset[Method]
    device_is_known: bool
    device_is_trusted: bool
    has_reset_recently: bool


def is_demanded(situation: Situation) -> bool:
    """Staff always; families as they chose and as the organisation asks. A device that the owner trusts may do without,
    but never soon after a new password by e-mail: whoever holds the mailbox holds that."""
    if situation.device_is_trusted and not situation.has_reset_recently:
        return False
    if situation.is_staff or situation.enrolled:
        return True
    if situation.policy == Policy.CONDITION:
        return not situation.device_is_known or situation.has_reset_recently
    return situation.policy == Policy.REQUIRED


def methods(situation: Situation, allowed: frozenset[Method]) -> list[Method]:
    """Those that may answer, the surest first; none where one must be enrolled before anything else.

    What was turned on stays good where the organisation stops offering it: nobody is locked out by a setting. A code by
    e-mail stands in for families who turned nothing on; for staff nothing weak does.
    """
    enrolled = situation.enrolled & STRONG if situation.is_staff else situation.enrolled
    if not enrolled and not situation.is_staff and Method.EMAIL in allowed:
        return [Method.EMAIL]
    return [method for method in Method if method in enrolled]
