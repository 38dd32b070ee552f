"""Accounts of the organisation's own people."""

from datetime import datetime

from django.db import transaction

from xpassfam.accounts import history
from xpassfam.accounts.models import Account, Session
from xpassfam.accounts.telling import record
from xpassfam.journal.actions import Actor
from xpassfam.journal.kinds import Kind


def create(account: Account, *, by: Actor, at: datetime) -> Account:
    """A staff account without a password: its owner chooses one by « Mot de passe oublié »."""
    account.set_unusable_password()
    return _save(account, history.STAFF_CREATED, by=by, at=at)


def change(account: Account, *, by: Actor, at: datetime) -> Account:
    """New names, address or role; whoever is signed in signs in again, with the new rights."""
    return _save(account, history.STAFF_CHANGED, by=by, at=at)


def block(account: Account, *, by: Actor, at: datetime) -> Account:
    """Close the access until it is reopened; its sessions end now."""
    account.blocked_at = at
    return _save(account, history.ACCESS_BLOCKED, by=by, at=at)


def unblock(account: Account, *, by: Actor, at: datetime) -> Account:
    account.blocked_at = None
    return _save(account, history.ACCESS_REOPENED, by=by, at=at)


def _save(account: Account, kind: Kind, *, by: Actor, at: datetime) -> Account:
    """Whatever changes, sessions opened before it end."""
    with transaction.atomic():
        account.save()
        Session.objects.filter(account=account).delete()
        facts = {"name": str(account), "role": str(account.get_role_display())}
        record(account, kind, by=by, at=at, facts=facts)
    return account
