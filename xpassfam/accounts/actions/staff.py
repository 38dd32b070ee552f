"""Accounts of the organisation's own people."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from xpassfam.accounts import history
from xpassfam.accounts.actions.second_step import turning
from xpassfam.accounts.models import Account, PasswordReset, PendingSignIn, Session
from xpassfam.accounts.telling import mail, record
from xpassfam.journal.actions import Actor
from xpassfam.journal.kinds import Kind
from xpassfam.outbox.actions import send


def create(account: Account, *, by: Actor, at: datetime) -> Account:
    """A staff account without a password: its owner chooses one by « Mot de passe oublié »."""
    account.set_unusable_password()
    return _save(account, history.STAFF_CREATED, by=by, at=at)


def change(account: Account, *, by: Actor, at: datetime) -> Account:
    """New names, address or role; whoever is signed in signs in again, with the new rights.

    A new address is told to the one of before and to every administrator: whoever reads it can set a new password.
    """
    with transaction.atomic():
        former = Account.objects.get(pk=account.pk).email
        if former != account.email:
            PasswordReset.objects.filter(account=account, used_at=None, superseded_at=None).update(superseded_at=at)
            others = _administrators().exclude(pk=account.pk).values_list("email", flat=True)
            context = {"name": str(account), "by": by.name, "email": account.email, "changed_at": at.isoformat()}
            for to in dict.fromkeys([former, account.email, *others]):
                send("accounts/mail/staff_address_changed", to=to, context=context, at=at)
        return _save(account, history.STAFF_CHANGED, by=by, at=at)


def block(account: Account, *, by: Actor, at: datetime) -> Account:
    """Close the access until it is reopened; its sessions end now."""
    account.blocked_at = at
    return _save(account, history.ACCESS_BLOCKED, by=by, at=at)


def unblock(account: Account, *, by: Actor, at: datetime) -> Account:
    account.blocked_at = None
    return _save(account, history.ACCESS_REOPENED, by=by, at=at)


def remove_second_step(account: Account, *, by: Account, at: datetime) -> None:
    """Theirs is lost: an administrator, never the same person, takes it away, and everybody who could object is told.

    The next sign-in asks for a new one. Nothing else opens: the password, and the mailbox that resets it, stay theirs.
    """
    with transaction.atomic():
        turning.remove_all(account)
        Session.objects.filter(account=account).delete()
        PendingSignIn.objects.filter(account=account, used_at=None).delete()
        for told in dict.fromkeys([account, *_administrators()]):
            mail(
                told,
                "accounts/mail/staff_step_removed",
                at=at,
                name=str(account),
                by=str(by),
                removed_at=at.isoformat(),
                is_own=told == account,
            )
        record(account, history.STAFF_STEP_REMOVED, by=by.actor, at=at, facts={"name": str(account)})


def _administrators() -> "QuerySet[Account]":
    known = Account.objects.filter(role=Account.Role.ADMINISTRATOR, blocked_at=None, closed_at=None)
    return known.order_by("pk")


def _save(account: Account, kind: Kind, *, by: Actor, at: datetime) -> Account:
    """Whatever changes, sessions opened before it end."""
    with transaction.atomic():
        account.save()
        Session.objects.filter(account=account).delete()
        facts = {"name": str(account), "role": _role_of(account)}
        record(account, kind, by=by, at=at, facts=facts)
    return account


def _role_of(account: Account) -> str:
    role = str(account.get_role_display())
    return _("{role}, paiements").format(role=role) if account.is_payer else role
