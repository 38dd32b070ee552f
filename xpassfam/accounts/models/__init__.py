"""Accounts and what opens, keeps and protects them: a file per subject."""

from xpassfam.accounts.models.account import Account, Team
from xpassfam.accounts.models.activation import ActivationCode, PendingSignUp, PostedCode, SignUpLink
from xpassfam.accounts.models.channels import Alert, ContactChoices, PhoneChange
from xpassfam.accounts.models.closing import Closing
from xpassfam.accounts.models.contestation import Contestation
from xpassfam.accounts.models.email_change import EmailChange
from xpassfam.accounts.models.freeze import Freeze
from xpassfam.accounts.models.password_cost import PasswordCost
from xpassfam.accounts.models.presence import Device, KnownDevice, Session
from xpassfam.accounts.models.recovery import KnownAddress, PasswordReset, Recovery, UnlockPass
from xpassfam.accounts.models.second_step import (
    Passkey,
    PasskeyChallenge,
    PendingSignIn,
    RecoveryCode,
    SentCode,
    TotpKey,
)
from xpassfam.accounts.models.throttle import Throttle
from xpassfam.accounts.models.trouble import SignInTrouble

__all__ = [
    "Account",
    "ActivationCode",
    "Alert",
    "Closing",
    "ContactChoices",
    "Contestation",
    "Device",
    "EmailChange",
    "Freeze",
    "KnownAddress",
    "KnownDevice",
    "Passkey",
    "PasskeyChallenge",
    "PasswordCost",
    "PasswordReset",
    "PendingSignIn",
    "PendingSignUp",
    "PhoneChange",
    "PostedCode",
    "Recovery",
    "RecoveryCode",
    "SentCode",
    "Session",
    "SignInTrouble",
    "SignUpLink",
    "Team",
    "Throttle",
    "TotpKey",
    "UnlockPass",
]
