"""What is said about a ticket: with its writer, and among agents."""

from django.db import models

from xpassfam.rules.identifiers import new_public_id
from xpassfam.support.models.ticket import Ticket
from xpassfam.vault.models import File


class Message(models.Model):
    """`is_masked`: a password or a code was hidden before it was kept. The same form twice is one message."""

    class Side(models.TextChoices):
        WRITER = "writer", "writer"
        DESK = "desk", "desk"
        SYSTEM = "system", "system"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="messages")
    side = models.CharField(max_length=6, choices=Side)
    author = models.CharField(max_length=250, blank=True)
    author_id = models.CharField(max_length=32, blank=True)  # public id of the account, as a value
    text = models.TextField(max_length=4000)
    is_masked = models.BooleanField(default=False)
    files = models.ManyToManyField(File, blank=True, related_name="+")
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    form_key = models.CharField(max_length=64)

    class Meta:
        ordering = ["sent_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["ticket", "form_key"], name="support_message_once_by_form")]

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.side}"

    @property
    def is_from_us(self) -> bool:
        return self.side != self.Side.WRITER


class Note(models.Model):
    """Among agents; whoever it is about may ask for it."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="notes")
    author = models.CharField(max_length=250)
    author_id = models.CharField(max_length=32)
    text = models.TextField(max_length=4000)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.author}"
