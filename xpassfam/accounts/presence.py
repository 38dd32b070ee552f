"""« Vos appareils », and the last sign-ins: what an owner recognises, or does not."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from xpassfam.accounts import history
from xpassfam.accounts.models import Account, KnownDevice, Session, SignInTrouble
from xpassfam.journal.kinds import Audience
from xpassfam.journal.models import Line
from xpassfam.journal.reading import words_of
from xpassfam.people.prepared import PreparedObjects

NEW_FOR = timedelta(days=7)
NOW = timedelta(minutes=6)  # when a session was last used is written every five minutes
MOST_SHOWN = 5
PHONES = ("iPhone", "Android", "iPad")
OUTCOMES = {
    history.SIGNED_IN.code: "in",
    history.SIGNED_IN_ANEW.code: "anew",
    history.SIGN_IN_REFUSED.code: "refused",
}


@dataclass(frozen=True)
class Place:
    """A browser that the account was used on. `is_open`: a session is open there. Until `trusted_until`, no second step
    is asked there."""

    public_id: str
    name: str
    icon: str
    first_seen_at: datetime
    last_seen_at: datetime
    is_here: bool
    is_new: bool
    is_now: bool
    is_open: bool
    trusted_until: datetime | None


def named(label: str) -> str:
    """« Firefox, Windows » as it is said: « Firefox sur Windows »."""
    browser, _comma, system = label.partition(", ")
    if system:
        return _("{browser} sur {system}").format(browser=browser, system=system)
    return label or _("Appareil inconnu")


def icon_of(label: str) -> str:
    return "smartphone" if any(word in label for word in PHONES) else "laptop"


def places_of(account: Account, *, here: int | None, at: datetime) -> list[Place]:
    """Where the account is known, this one first, then the last used. Two queries."""
    open_now = Session.objects.filter(account=account, expire_date__gt=at)
    used = dict(open_now.values("device").annotate(last=Max("last_seen_at")).values_list("device", "last"))
    known = list(KnownDevice.objects.filter(account=account))
    first = min((one.first_seen_at for one in known), default=at)
    places = []
    for one in known:
        last = max(filter(None, (one.last_sign_in_at, used.get(one.device_id))))
        is_here = one.device_id == here
        places.append(
            Place(
                one.public_id,
                named(one.label),
                icon_of(one.label),
                one.first_seen_at,
                last,
                is_here=is_here,
                is_new=not is_here and one.first_seen_at > max(first, at - NEW_FOR),
                is_now=is_here or (one.device_id in used and at - last < NOW),
                is_open=one.device_id in used,
                trusted_until=one.trusted_until if one.trusted_until and one.trusted_until > at else None,
            )
        )
    return sorted(places, key=lambda place: (not place.is_here, -place.last_seen_at.timestamp()))


def last_sign_ins(account: Account, *, at: datetime) -> list[dict[str, str]]:
    """The last tries before this one, right or wrong, which the session keeps for its pages. Two queries."""
    if account.person is None:
        return []
    of_account = {"account": account.public_id}
    lines = _GOT_IN.all(person=account.person.public_id, **of_account)
    told = [(line.at, str(words_of(line).get("device", "")), OUTCOMES[line.kind]) for line in lines]
    told += [(one.last_at, one.device, "missed") for one in _MISSED.all(**of_account, at=at)]
    told.sort(key=lambda one: one[0], reverse=True)
    return [{"at": when.isoformat(), "label": label, "outcome": outcome} for when, label, outcome in told[:MOST_SHOWN]]


def _got_in(*, person: str, account: str) -> "QuerySet[Line]":
    lines = Line.objects.filter(person=person, audience=Audience.SELF, account=account, kind__in=OUTCOMES)
    return lines.order_by("-at", "-hash")[:MOST_SHOWN]


def _missed(*, account: str, at: datetime) -> "QuerySet[SignInTrouble]":
    """What the history tells of has its line there."""
    missed = SignInTrouble.objects.filter(account=account, last_at__lte=at).exclude(cause__in=SignInTrouble.TOLD)
    return missed.order_by("-last_at")[:MOST_SHOWN]


_GOT_IN = PreparedObjects(Line, _got_in, related="payload")
_MISSED = PreparedObjects(SignInTrouble, _missed)
