"""« Ce n’était pas moi », from the notice itself: whoever holds its link stops everything, without signing in.

It can only close: sessions, trusted devices, changes, a password that somebody else may know. What opens again (a new
password) goes to the mailbox alone, and asks the second step as ever; what was changed is put back by its owner or by
an agent, never by a link.
"""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from xpassfam.accounts import freezing, history, tokens
from xpassfam.accounts.actions import contesting, passwords, recovering
from xpassfam.accounts.actions.signing_out import sign_out_elsewhere
from xpassfam.accounts.models import Alert, Contestation, PendingSignIn, PhoneChange
from xpassfam.accounts.reaching import ways_of
from xpassfam.accounts.telling import record
from xpassfam.journal.actions import Actor
from xpassfam.journal.kinds import KINDS
from xpassfam.journal.models import Line

FROZEN_HOURS = int(freezing.USUAL.total_seconds()) // 3600
HOLDER_OF_LINK = Actor(kind="visitor")


class NoLongerLive(Exception):
    """Used already, or past its fourteen days."""


def find(token: str) -> Alert | None:
    return Alert.objects.select_related("account__person").filter(digest=tokens.digest(token)).first()


def recovery_address(alert: Alert, *, at: datetime) -> str:
    """Where the way back is sent; none where another reads it."""
    return ways_of(alert.account, at=at).email


def disown(alert: Alert, *, device: str, at: datetime) -> None:
    """End, freeze, tell an agent, send the way back; once, whatever clicks come. Raise NoLongerLive."""
    account = alert.account
    with transaction.atomic():
        if not Alert.objects.filter(pk=alert.pk, used_at=None, expires_at__gt=at).update(used_at=at):
            raise NoLongerLive
        sign_out_elsewhere(account, at=at)
        PendingSignIn.objects.filter(account=account, used_at=None).delete()
        PhoneChange.objects.filter(account=account, used_at=None, superseded_at=None).update(superseded_at=at)
        if recovery := recovering.live(account, at=at):
            recovering.stop(recovery, by=HOLDER_OF_LINK, is_contested=False, device=device, at=at)
        freezing.freeze(account, reason="not_me", at=at, by=HOLDER_OF_LINK)
        address = recovery_address(alert, at=at)
        if address:
            # The password may be somebody else's by now. Without a way back, it stays: its owner would be out too.
            account.password, account.password_changed_at = make_password(None), at
            account.save(update_fields=["password", "password_changed_at"])
            passwords.send_link(account, "accounts/mail/recover", to=address, at=at)
        _contest(alert, device=device, at=at)
        record(account, history.DISOWNED, by=HOLDER_OF_LINK, at=at, device=device, facts={"what": title(alert)})


def title(alert: Alert) -> str:
    """What the notice said, in the words of the history, without what it names."""
    return str(KINDS[alert.kind].sentence).partition("{")[0].strip().rstrip(":. \u00a0")


def _contest(alert: Alert, *, device: str, at: datetime) -> None:
    """As from the history: an agent deals with it at `/gestion/securite/`."""
    lines = Line.objects.select_related("payload").filter(account=alert.account.public_id, kind=alert.kind)
    line = lines.filter(at=alert.created_at).first()
    act = contesting.told_of(line) if line else {"line_at": alert.created_at, "what": title(alert)}
    known = {**act, "opened_at": at, "opened_on": device}
    contestation, is_new = Contestation.objects.get_or_create(
        account=alert.account, line=line.hash if line else alert.digest, defaults=known
    )
    if is_new:
        contesting.tell_the_organisation(contestation, at=at)
