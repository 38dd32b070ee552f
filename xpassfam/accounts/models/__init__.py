"""Accounts and what opens, keeps and protects them: a file per subject."""

from xpassfam.accounts.models.account import Account, Team
from xpassfam.accounts.models.activation import ActivationCode, PendingSignUp, PostedCode, SignUpLink
from xpassfam.accounts.models.contestation import Contestation
from xpassfam.accounts.models.password_cost import PasswordCost
from xpassfam.accounts.models.presence import Device, KnownDevice, Session
from xpassfam.accounts.models.recovery import PasswordReset, UnlockPass
from xpassfam.accounts.models.throttle import Throttle

__all__ = [
    "Account",
    "ActivationCode",
    "Contestation",
    "Device",
    "KnownDevice",
    "PasswordCost",
    "PasswordReset",
    "PendingSignUp",
    "PostedCode",
    "Session",
    "SignUpLink",
    "Team",
    "Throttle",
    "UnlockPass",
]
