"""What is to be sent, to whom, since when, after how many tries."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xpassfam.rules.identifiers import new_public_id


class Message(models.Model):
    """A mail, from the moment something causes it. `context` may hold a link or a code: it is wiped
    once sent, or given up. The text itself is kept in the demo only, whose page of mails shows it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("À envoyer")
        SENT = "sent", _("Envoyé")
        FAILED = "failed", _("Abandonné")

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    template = models.CharField(max_length=100)
    to = models.CharField(max_length=254)
    account = models.CharField(max_length=32, blank=True)
    context = models.JSONField(encoder=DjangoJSONEncoder)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(db_index=True)
    next_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    subject = models.CharField(max_length=250, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at=None)),
                name="message_sent_has_its_time",
            )
        ]
        indexes = [models.Index(fields=["next_at"], condition=Q(state="waiting"), name="message_waiting")]
