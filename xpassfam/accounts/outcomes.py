"""What comes of a try to sign in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from xpassfam.accounts.models import Account, PendingSignIn, PendingSignUp


@dataclass(frozen=True)
class Wrong:
    """Identifier and password don't go together. `remaining` tries before a pause as long as `pause`."""

    remaining: int
    pause: timedelta


@dataclass(frozen=True)
class Paused:
    """No try is looked at before `until`; `for_all`: on any device the account was not used on."""

    until: datetime
    for_all: bool = False


@dataclass(frozen=True)
class NotActivated:
    """The password is that of a sign-up which still waits for its e-mail."""

    pending: PendingSignUp


@dataclass(frozen=True)
class Blocked:
    """The organisation closed this access for now."""


@dataclass(frozen=True)
class PasswordDue:
    """The password is right, and opens nothing any more: a link to a new one goes to the mailbox."""


@dataclass(frozen=True)
class UnderMaintenance:
    """Families can't enter until `until`."""

    until: datetime | None


@dataclass(frozen=True)
class StepAsked:
    """The password is right, and a second step is to come: the browser keeps `token` until then."""

    pending: PendingSignIn
    token: str


@dataclass(frozen=True)
class SignedIn:
    """`device_cookie` is the browser's new device cookie."""

    account: Account
    device_cookie: str


@dataclass(frozen=True)
class Confirmed:
    """Whoever is signed in has proved it again."""


class TooLate(Exception):
    """The sign-in waited too long for its second step, or has served."""


Outcome = Wrong | Paused | NotActivated | Blocked | PasswordDue | UnderMaintenance | StepAsked | SignedIn
