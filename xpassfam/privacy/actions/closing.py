"""What goes with an account that closes, and who is told."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from xpassfam.accounts.actions import closing as accounts
from xpassfam.accounts.contacts import tell
from xpassfam.accounts.models import Account, Closing
from xpassfam.accounts.reaching import ways_of
from xpassfam.filings import for_privacy as filings
from xpassfam.journal.actions import Actor, write
from xpassfam.outbox import for_privacy as outbox
from xpassfam.outbox.actions import send
from xpassfam.people.models import Access, Invitation, Person
from xpassfam.privacy import history, sources
from xpassfam.privacy.actions import exporting, inactivity
from xpassfam.support import for_privacy as support

SYSTEM = Actor(kind="system")


def close(closing: Closing, *, at: datetime) -> bool:
    """False where it was stopped meanwhile. Drafts first, as each of their files is a transaction of its own."""
    account = closing.account
    assert account.person  # noqa: S101
    waits = filings.in_progress(sources.accesses_of(account, at=at))
    filings.close(account.person.pk)
    with transaction.atomic():
        held = Closing.objects.select_for_update(of=("self",)).filter(pk=closing.pk, due_at__lte=at).first()
        if held is None:
            return False
        _leave_homes(account.person, at=at)
        exporting.forget_all(account)
        support.erase([account.person.pk], [account.email])
        # Of what was sent, nothing stays; the last mail says what follows.
        ways = ways_of(account, at=at)
        outbox.erase([account.public_id], [account.email, account.phone])
        told = {"first_name": account.first_name, "waits": [f"{title} ({code})" for code, title in waits]}
        if ways.email:
            send("privacy/mail/closed", to=ways.email, context=told | {"is_discreet": ways.is_discreet}, at=at)
        accounts.remove(account, cause=held.cause, at=at)
    return True


def _leave_homes(person: Person, *, at: datetime) -> None:
    """What was lent to them ends; the register's own accesses stay, as they are no account's. The others are told."""
    today = timezone.localdate(at)
    Invitation.objects.filter(invited_by=person).waiting(at).withdraw(at)
    mine = Access.objects.open_on(today).filter(person=person).select_related("household")
    for access in mine:
        others = Access.objects.open_on(today).filter(household=access.household).exclude(person=person)
        for other in others.select_related("person"):
            context = {"name": str(person), "home": access.household.name}
            tell(other.person, "privacy/mail/access_left", at=at, context=context)
        write(
            history.ACCESS_LEFT,
            by=SYSTEM,
            at=at,
            household=access.household.public_id,
            person=person.public_id,
            facts={"name": str(person)},
        )
    lent = [one.pk for one in mine if one.origin == Access.Origin.INVITATION]
    Access.objects.filter(pk__in=lent).update(until=today)


def close_due(*, at: datetime) -> int:
    """Whoever came back at the last minute is looked for first."""
    inactivity.keep_used(at=at)
    due = Closing.objects.filter(due_at__lte=at).select_related("account__person").order_by("due_at")
    return sum(close(one, at=at) for one in list(due.filter(account__role=Account.Role.FAMILY)))
