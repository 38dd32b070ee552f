"""The counters that a try to sign in meets, before anything is hashed."""

from dataclasses import dataclass
from datetime import datetime

from xpassfam.accounts import throttle
from xpassfam.accounts.actions import alerting, unlocking
from xpassfam.accounts.devices import Visitor
from xpassfam.accounts.models import Account, Device, UnlockPass
from xpassfam.accounts.throttle import Reservation
from xpassfam.organisation.models import current
from xpassfam.rules.identifiers import Identifier


@dataclass(frozen=True)
class KnownBy:
    """What makes a browser known to the account: a device that it was used on, or a pass by e-mail."""

    device: Device | None
    unlock: UnlockPass | None

    @property
    def key(self) -> str:
        return self.unlock.digest if self.unlock else str(self.device.pk if self.device else 0)


@dataclass(frozen=True)
class Tries:
    """What was counted for one try.

    `told`: by address, and by identifier or known device. `portal`: by all unknown devices together. `account`:
    silent; to whoever guesses under the e-mail and the number in turn, it looks like a wrong password.
    """

    told: tuple[Reservation, ...]
    portal: Reservation | None = None
    account: Reservation | None = None

    @property
    def _spoken(self) -> list[Reservation]:
        return [*self.told, *([self.portal] if self.portal else [])]

    @property
    def may_be_judged(self) -> bool:
        return all(reservation.allowed for reservation in self._spoken)

    @property
    def is_silenced(self) -> bool:
        return self.account is not None and not self.account.allowed

    @property
    def waits_for_all(self) -> bool:
        """The portal's pause, and no other, stands in the way."""
        return self.portal is not None and not self.portal.allowed

    @property
    def free_at(self) -> datetime:
        refused = [reservation for reservation in self._spoken if not reservation.allowed]
        return max(reservation.free_at for reservation in refused or self.told)

    @property
    def nearest(self) -> Reservation:
        """The counter whose pause comes first."""
        return min(self.told, key=lambda reservation: reservation.remaining)

    def give_back(self) -> None:
        """A refused try was not counted: giving it back would let the holder of a waiting sign-up wash a limit."""
        throttle.refund(*self._spoken, *([self.account] if self.account else []))


def reserve(meant: Identifier, account: Account | None, known_by: KnownBy | None, who: Visitor, at: datetime) -> Tries:
    """Count the try; where one counter refuses, those after it are not asked."""
    account_key = account.public_id if account else f"{meant.kind}:{meant.value}"
    if known_by:
        own = throttle.reserve(throttle.DEVICE, f"{known_by.key}|{account_key}", at=at)
        return Tries((throttle.reserve(throttle.ADDRESS, f"{who.address}|{account_key}", at=at), own))
    by_address = throttle.reserve(throttle.ADDRESS, who.address, at=at)
    if not by_address.allowed:
        return Tries((by_address,))
    by_identifier = throttle.reserve(throttle.IDENTIFIER, f"{meant.kind}:{meant.value}", at=at)
    if not by_identifier.allowed:
        return Tries((by_address, by_identifier))
    portal = _of_the_portal(at)
    if not portal.allowed:
        # Whoever waits for a wave that others make does not pay for it with tries of their own.
        throttle.refund(by_address, by_identifier)
        return Tries((by_address, by_identifier), portal)
    by_account = throttle.reserve(throttle.ACCOUNT, account_key, at=at)
    if by_account.allowed and by_account.fails == throttle.ACCOUNT.free:
        unlocking.warn.enqueue(account.pk if account else 0)
    return Tries((by_address, by_identifier), portal, by_account)


def _of_the_portal(at: datetime) -> Reservation:
    """Successes give theirs back: past this many failures in a minute, somebody tries everybody's door."""
    scope = throttle.portal(current().portal_failures_per_minute)
    reservation = throttle.reserve(scope, "", at=at)
    if reservation.allowed and reservation.fails >= scope.free:
        alerting.portal_paused(failures=scope.free, at=at)
    return reservation
