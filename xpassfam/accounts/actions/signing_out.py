"""Leaving: the session of this device ends, or everything but this device."""

from datetime import datetime

from django.contrib.auth import logout
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest

from xpassfam.accounts import history, tokens
from xpassfam.accounts.models import Account, Device, KnownDevice, PasswordReset, PendingSignIn, Session, UnlockPass
from xpassfam.accounts.telling import record
from xpassfam.jobs.slices import delete_by_slices
from xpassfam.journal.actions import Actor, write


def sign_out(request: HttpRequest, *, device: str, at: datetime) -> None:
    """End the request's session; whoever had none leaves no line."""
    with transaction.atomic():
        if isinstance(request.user, Account):
            record(request.user, history.SIGNED_OUT, at=at, device=device)
        logout(request)


def end_device(known: KnownDevice, account: Account, *, device: str, at: datetime) -> None:
    """Sign out and forget one device: its next request is refused, and its next sign-in is that of a new one."""
    with transaction.atomic():
        Session.objects.filter(account=account, device=known.device_id).delete()
        KnownDevice.objects.filter(pk=known.pk).delete()
        record(account, history.DEVICE_ENDED, at=at, device=device, facts={"ended": known.label})


def end_others(account: Account, *, session_key: str | None, device: str, at: datetime) -> None:
    """Sign out and forget every device but this one."""
    with transaction.atomic():
        sign_out_elsewhere(account, session_key=session_key, at=at)
        record(account, history.OTHERS_ENDED, at=at, device=device)


def end_everywhere(account: Account, *, by: Actor, at: datetime) -> None:
    """Sign somebody out of everything, sign-ins that wait included, for whoever has the machine."""
    with transaction.atomic():
        sign_out_elsewhere(account, at=at)
        PendingSignIn.objects.filter(account=account, used_at=None).delete()
        record(account, history.OTHERS_ENDED, by=by, at=at)


def end_everybody(*, by: Actor, at: datetime) -> int:
    """End every session of the portal and every trust in a device; return how many sessions."""
    ended = delete_by_slices(Session.objects.all())
    KnownDevice.objects.exclude(trusted_until=None).update(trusted_until=None)
    with transaction.atomic():
        PendingSignIn.objects.filter(used_at=None).delete()
        write(history.EVERYBODY_ENDED, by=by, at=at)
    return ended


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


def end_what_waits(*accounts: Account, at: datetime) -> None:
    """In the caller's transaction: links to a new password, and sign-ins half-way with the codes that were sent, which
    whoever reads the mailbox holds."""
    PasswordReset.objects.filter(account__in=accounts, used_at=None, superseded_at=None).update(superseded_at=at)
    PendingSignIn.objects.filter(account__in=accounts, used_at=None).delete()
