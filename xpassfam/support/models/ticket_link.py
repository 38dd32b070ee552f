"""The links by which somebody who can't sign in reads and continues a ticket."""

from django.db import models

from xpassfam.support.models.ticket import Ticket


class TicketLink(models.Model):
    """Each mail carries its own; only its SHA-256 is kept. `email` is the mailbox that it was sent to."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    email = models.CharField(max_length=254)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.ticket_id)
