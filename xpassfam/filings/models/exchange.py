"""What is said about a filing: with the family, and among agents."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xpassfam.filings.models.filing import Filing
from xpassfam.rules.identifiers import new_public_id
from xpassfam.vault.models import File


class Message(models.Model):
    """`read_at` is when the other side saw it: of a family, whoever is to read it (`models.filing.read_by`). The same
    form twice is one message (`form_key`).
    """

    class Side(models.TextChoices):
        FAMILY = "family", _("La famille")
        DESK = "desk", _("Le service")
        SYSTEM = "system", _("Message automatique")

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    filing = models.ForeignKey(Filing, on_delete=models.CASCADE, related_name="messages")
    side = models.CharField(max_length=8, choices=Side)
    author = models.CharField(max_length=250, blank=True)
    author_id = models.CharField(max_length=32, blank=True)  # public id of the account, as a value
    text = models.TextField(max_length=4000)
    files = models.ManyToManyField(File, blank=True, related_name="+")
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    form_key = models.CharField(max_length=32)

    class Meta:
        ordering = ["sent_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["filing", "form_key"], name="message_of_filing_once_by_form"),
            models.CheckConstraint(condition=~Q(text=""), name="message_of_filing_says_something"),
            models.CheckConstraint(condition=~Q(form_key=""), name="message_of_filing_has_form_key"),
        ]
        indexes = [
            models.Index(fields=["filing"], condition=Q(read_at=None, side="family"), name="message_unread_by_desk"),
            models.Index(fields=["filing"], condition=Q(read_at=None, side="desk"), name="message_unread_by_family"),
        ]


class Note(models.Model):
    """Among agents: never shown to the family as it goes. It is theirs to have on request (RGPD, art. 15)."""

    filing = models.ForeignKey(Filing, on_delete=models.CASCADE, related_name="notes")
    author = models.CharField(max_length=250)
    text = models.TextField(max_length=4000)
    written_at = models.DateTimeField()
    form_key = models.CharField(max_length=32)

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["filing", "form_key"], name="note_once_by_form"),
            models.CheckConstraint(condition=~Q(text=""), name="note_says_something"),
        ]
