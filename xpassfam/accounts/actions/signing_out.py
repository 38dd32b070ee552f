"""Leaving: the session of this device ends, or everything but this device."""

from datetime import datetime

from django.contrib.auth import logout
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest

from xpassfam.accounts import history, tokens
from xpassfam.accounts.models import Account, Device, KnownDevice, Session, UnlockPass
from xpassfam.accounts.telling import record


def sign_out(request: HttpRequest, *, device: str, at: datetime) -> None:
    """End the request's session; whoever had none leaves no line."""
    with transaction.atomic():
        if isinstance(request.user, Account):
            record(request.user, history.SIGNED_OUT, at=at, device=device)
        logout(request)


def sign_out_elsewhere(
    account: Account, *, session_key: str | None = None, device_cookie: str | None = None, at: datetime
) -> None:
    """End in the caller's transaction what is not here: sessions, known devices, passes through a pause.

    Here is the session that goes on, or the browser of the device cookie. A thief's device that stayed known would keep
    its own tries, and come back without a word to the owner.
    """
    here = Session.objects.filter(account=account, session_key=tokens.digest(session_key or ""))
    device = Device.objects.filter(
        Q(pk__in=here.values("device")) | Q(digest=tokens.digest(device_cookie) if device_cookie else "-")
    )
    KnownDevice.objects.filter(account=account).exclude(device__in=device).delete()
    Session.objects.filter(account=account).exclude(session_key=tokens.digest(session_key or "")).delete()
    UnlockPass.objects.filter(account=account, used_at=None, superseded_at=None).update(superseded_at=at)
