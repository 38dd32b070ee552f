"""The one-time key of a form: made by us, for one person, at a known instant. Sent twice, it makes one thing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.http import HttpRequest
from django.utils import timezone

from xpassfam.accounts.models import Account
from xpassfam.rules.identifiers import is_public_id, new_public_id

SALT = "xpassfam.support.form"
# Programs fill a form in no time; nobody reads it in less.
SOONEST = timedelta(seconds=3)
LATEST = timedelta(days=7)


@dataclass(frozen=True)
class Key:
    """`signed`: as the form carries it."""

    value: str
    made_at: datetime
    signed: str

    def is_quick(self, at: datetime) -> bool:
        return at - self.made_at < SOONEST


def new(account: Account | None, *, at: datetime) -> Key:
    value = new_public_id()
    said = {"key": value, "who": account.public_id if account else "", "at": at.isoformat()}
    return Key(value, at, signing.dumps(said, salt=SALT))


def read(request: HttpRequest, account: Account | None) -> Key | None:
    """None where it is not ours, is somebody else's, or a week old."""
    signed = request.POST.get("key", "")
    try:
        said = signing.loads(signed, salt=SALT, max_age=LATEST)
        made_at = datetime.fromisoformat(said["at"])
    except (signing.BadSignature, ValueError, KeyError, TypeError):
        return None
    if said["who"] != (account.public_id if account else "") or not is_public_id(said["key"]):
        return None
    return Key(said["key"], made_at, signed)


def value_posted(request: HttpRequest) -> str:
    """That of a key of ours, however old and whoever's: it says which form this was, and lets nothing be sent."""
    try:
        return str(signing.loads(request.POST.get("key", ""), salt=SALT)["key"])
    except (signing.BadSignature, KeyError, TypeError):
        return ""


def read_or_new(request: HttpRequest, account: Account | None) -> Key:
    """That of the form; a new one where it has none that is good: nothing is lost, the page is to be sent again."""
    return read(request, account) or new(account, at=timezone.now())
