"""Which browser is asking: its device cookie, its address, its name in plain words."""

import ipaddress
import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse

from xpassfam.accounts import tokens
from xpassfam.accounts.models import Account, Device, KnownDevice
from xpassfam.journal.actions import Actor, Behalf
from xpassfam.people.access import ActingAccess
from xpassfam.people.prepared import PreparedObjects

COOKIE_AGE = 183 * 24 * 3600
OLD_COOKIE_GOOD_FOR = timedelta(seconds=60)

_BROWSERS = [
    ("Edg(A|iOS)?", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
]  # fmt: skip
_SYSTEMS = [
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("Macintosh", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux"),
]  # fmt: skip


@dataclass(frozen=True)
class Visitor:
    """What a request tells of where it comes from."""

    cookie: str
    address: str
    label: str

    @property
    def digest(self) -> str:
        return tokens.digest(self.cookie) if self.cookie else ""


def client_address(request: HttpRequest) -> str:
    """The visitor's IPv4 address or IPv6 /64.

    Behind N trusted proxies it is the Nth from the right of X-Forwarded-For, or of the header that the operator named:
    what stands further left is what the visitor chose to write.
    """
    address = request.META.get("REMOTE_ADDR", "")
    proxies = settings.TRUSTED_PROXIES
    if proxies:
        written = request.headers.get(settings.VISITOR_ADDRESS_HEADER, "")
        forwarded = [part.strip() for part in written.split(",") if part.strip()]
        address = forwarded[-proxies] if len(forwarded) >= proxies else address
    try:
        ip = ipaddress.ip_address(_without_port(address))
    except ValueError:
        return "unknown"
    if ip.version == 6:
        if ip.ipv4_mapped:
            return str(ip.ipv4_mapped)
        return str(ipaddress.ip_network(f"{ip}/64", strict=False))
    return str(ip)


def _without_port(address: str) -> str:
    """Some proxies write `198.51.100.7:51234` or `[2001:db8::1]:51234`."""
    in_brackets = re.match(r"\[([^]]*)\]", address)
    if in_brackets:
        return in_brackets[1]
    return address.split(":")[0] if address.count(":") == 1 else address


def label(user_agent: str) -> str:
    """« Firefox, Windows »: what a person recognises."""
    browser = next((name for mark, name in _BROWSERS if re.search(rf"{mark}/", user_agent)), "")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return ", ".join(filter(None, [browser, system]))


def visitor(request: HttpRequest) -> Visitor:
    cookie = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    return Visitor(
        cookie=cookie if 20 <= len(cookie) <= 100 else "",
        address=client_address(request),
        label=label(request.headers.get("User-Agent", "")),
    )


def actor(request: HttpRequest) -> Actor:
    """Who is signed in, with the device that the history tells them of, and for whom they act where they don't live."""
    account: Account = request.user  # type: ignore[assignment]
    access: ActingAccess | None = getattr(request, "access", None)
    is_outside = access is not None and access.household and not access.lives_there
    behalf = Behalf(access.household, access.household_name) if access and is_outside else None
    return replace(account.actor, device=visitor(request).label, behalf=behalf)


def find(who: Visitor, *, at: datetime) -> Device | None:
    """The device of this cookie; the one it replaced is good for a minute more."""
    # A new device has no previous digest: no cookie must not mean that.
    return _OF_COOKIE.first(digest=who.digest or "-", since=at - OLD_COOKIE_GOOD_FOR)


def _of_cookie(*, digest: str, since: datetime) -> "QuerySet[Device]":
    lately = Q(previous_digest=digest, rotated_at__gt=since)
    return Device.objects.filter(Q(digest=digest) | lately).order_by("pk")[:1]


_OF_COOKIE = PreparedObjects(Device, _of_cookie)


def known_to(account: Account, who: Visitor, *, at: datetime) -> int:
    """The key of this device where the account was used on it; 0 where it was not."""
    device = find(who, at=at)
    is_known = device and KnownDevice.objects.filter(device=device, account=account).exists()
    return device.pk if device and is_known else 0


def remember(
    device: Device | None, account: Account, known: KnownDevice | None, *, label: str, at: datetime
) -> tuple[str, KnownDevice, bool]:
    """Note that the account is used on this device and give it a new cookie; `known` is the note of before.

    Returns the cookie's value, the note and whether the device was unknown to the account.
    """
    cookie = tokens.new_token()
    if device is None:
        device = Device.objects.create(digest=tokens.digest(cookie), rotated_at=at, created_at=at)
    else:
        device.previous_digest, device.digest, device.rotated_at = device.digest, tokens.digest(cookie), at
        device.save(update_fields=["previous_digest", "digest", "rotated_at"])
    is_new = False
    if known is None:
        # Two windows of one browser may sign in at once.
        known, is_new = KnownDevice.objects.get_or_create(
            device=device,
            account=account,
            defaults={"label": label, "first_seen_at": at, "last_sign_in_at": at},
        )
    if not is_new:
        known.label = label
        known.last_sign_in_at = at
        known.save(update_fields=["label", "last_sign_in_at"])
    return cookie, known, is_new


def set_cookie(response: HttpResponse, value: str) -> None:
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        value,
        max_age=COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
