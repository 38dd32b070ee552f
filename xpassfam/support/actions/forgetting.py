"""Tickets whose time has passed, or whose writer is gone: their files go with them; the history says that there was
one.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from xpassfam.support.models import Message, Ticket
from xpassfam.vault import actions as vault
from xpassfam.vault.models import File


def forget(*, before: datetime) -> int:
    """Destroy those closed before an instant, one transaction each; return how many."""
    return destroy_all(Ticket.objects.closed_before(before))


def destroy_all(tickets: Iterable[Ticket]) -> int:
    """One that went meanwhile, with the one it was merged into, counts too."""
    count = 0
    for ticket in list(tickets):
        destroy(ticket)
        count += 1
    return count


def destroy(ticket: Ticket) -> None:
    """With all that was merged into it."""
    with transaction.atomic():
        whole = list(Ticket.objects.filter(pk=ticket.pk) | Ticket.objects.filter(merged_into=ticket.pk))
        messages = Message.objects.filter(ticket__in=whole)
        files = list(File.objects.filter(pk__in=messages.filter(files__isnull=False).values("files")))
        Ticket.objects.filter(pk__in=[one.pk for one in whole]).delete()
        for file in files:
            vault.discard(file)
