"""An account closes: asked for, stopped, then gone. What else goes with it is called by `privacy`, above."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from xpassfam.accounts import history, tokens
from xpassfam.accounts.models import Account, ActivationCode, Closing, PendingSignUp, SignInTrouble
from xpassfam.accounts.telling import mail, record
from xpassfam.journal.actions import Actor
from xpassfam.ui import words

GRACE = timedelta(days=14)
SYSTEM = Actor(kind="system")


class NotOwn(Exception):
    """Staff accounts are closed by administrators: their decisions bear their name."""


def ask(account: Account, *, device: str = "", at: datetime) -> Closing:
    """Its owner wants it closed, in `GRACE`. Asked twice, it is one; one that began for want of use becomes theirs."""
    if account.is_staff:
        raise NotOwn
    with transaction.atomic():
        Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
        closing = Closing.objects.filter(account=account).first()
        if closing and closing.cause == Closing.Cause.ASKED:
            return closing
        if closing:
            closing.delete()
        token = tokens.new_token()
        closing = Closing.objects.create(
            account=account,
            cause=Closing.Cause.ASKED,
            asked_at=at,
            due_at=at + GRACE,
            digest=tokens.digest(token),
        )
        Account.objects.filter(pk=account.pk).update(closes_at=closing.due_at)
        mail(account, "accounts/mail/closing_asked", at=at, until=closing.due_at.isoformat(), path=path_of(token))
        day = words.full_day(closing.due_at)
        record(account, history.CLOSING_ASKED, at=at, device=device, facts={"day": day})
    return closing


def warn(account: Account, *, due_at: datetime, days: int, since: datetime, at: datetime) -> Closing:
    """Nobody has used it for long: say when it closes, with a link that keeps it. A new warning has a new link."""
    token = tokens.new_token()
    with transaction.atomic():
        facts = {"due_at": due_at, "digest": tokens.digest(token), "warned_days": days}
        begun = {"cause": Closing.Cause.INACTIVE, "asked_at": at}
        closing, is_new = Closing.objects.get_or_create(account=account, defaults=facts | begun)
        if not is_new:
            for name, value in facts.items():
                setattr(closing, name, value)
            closing.save(update_fields=list(facts))
        until, last = due_at.isoformat(), since.isoformat()
        mail(account, "accounts/mail/inactive", at=at, until=until, since=last, path=path_of(token))
        record(account, history.INACTIVE_WARNED, by=SYSTEM, at=at, facts={"day": words.full_day(due_at)})
    return closing


def stop(closing: Closing, *, by: Actor, device: str = "", at: datetime, is_told: bool = True) -> bool:
    """Whoever holds the link, or the account, keeps it; False where it had gone or been stopped before."""
    with transaction.atomic():
        gone, _rows = Closing.objects.filter(pk=closing.pk).delete()
        if not gone:
            return False
        Account.objects.filter(pk=closing.account_id).update(closes_at=None)
        record(closing.account, history.CLOSING_STOPPED, by=by, at=at, device=device)
        if is_told:
            mail(closing.account, "accounts/mail/closing_stopped", at=at)
    return True


def waiting(account: Account) -> Closing | None:
    return Closing.objects.select_related("account__person").filter(account=account).first()


def find(token: str) -> Closing | None:
    return Closing.objects.select_related("account__person").filter(digest=tokens.digest(token)).first()


def path_of(token: str) -> str:
    return f"/compte/garder/{token}/"


def remove(account: Account, *, cause: str, at: datetime) -> None:
    """The account is gone: sessions, devices, links, sign-ups at its address, codes nobody used. In the caller's
    transaction; the line says that there was one.
    """
    asked = cause == Closing.Cause.ASKED
    why = _("la personne l’a demandé.") if asked else _("personne ne s’en servait.")
    record(account, history.CLOSED, by=SYSTEM, at=at, facts={"why": why})
    ActivationCode.objects.filter(person=account.person, used_at=None, superseded_at=None).update(superseded_at=at)
    wipe(account)


def wipe(account: Account) -> None:
    """The row, with all that refers to it; and what refers to nothing: sign-ups, counted causes. In the caller's
    transaction.
    """
    PendingSignUp.objects.filter(Q(email=account.email) | Q(person=account.person, person__isnull=False)).delete()
    SignInTrouble.objects.filter(account=account.public_id).delete()
    account.delete()
