"""What is to be sent, to whom, since when, after how many tries."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xpassfam.rules.identifiers import new_public_id
from xpassfam.rules.phones import readable_phone


class Message(models.Model):
    """A mail or an SMS, from the moment something causes it. `context` may hold a link or a code: it is wiped
    once sent, or given up; after `until` it is of no use to anybody, and does not leave. The text itself is kept
    in the demo only, whose page of mails shows it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("À envoyer")
        SENT = "sent", _("Envoyé")
        FAILED = "failed", _("Abandonné")

    class Channel(models.TextChoices):
        EMAIL = "email", _("E-mail")
        SMS = "sms", _("SMS")

    class Failure(models.TextChoices):
        """Why the last try did not pass, as administrators can act on it."""

        ADDRESS = "address", _("L’adresse n’existe pas, ou ne reçoit plus rien")
        SERVER = "server", _("Le service d’envoi ne répond pas")
        REFUSED = "refused", _("Le service d’envoi a refusé le message")
        MAKING = "making", _("Le message n’a pas pu être écrit")
        LATE = "late", _("Le message n’aurait plus servi")

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    channel = models.CharField(max_length=5, choices=Channel, default=Channel.EMAIL)
    template = models.CharField(max_length=100)
    to = models.CharField(max_length=254)
    account = models.CharField(max_length=32, blank=True)
    context = models.JSONField(encoder=DjangoJSONEncoder)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(db_index=True)
    next_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=8, choices=Failure, blank=True)
    subject = models.CharField(max_length=250, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at=None)),
                name="message_sent_has_its_time",
            ),
            models.CheckConstraint(condition=Q(channel__in=["email", "sms"]), name="message_channel_is_known"),
        ]
        indexes = [models.Index(fields=["next_at"], condition=Q(state="waiting"), name="message_waiting")]

    @property
    def is_sms(self) -> bool:
        return self.channel == self.Channel.SMS

    @property
    def heading(self) -> str:
        """What the demo lists it under: its subject, an SMS's first line, or what becomes of it."""
        return self.subject or self.text.partition("\n")[0] or self.get_state_display()

    @property
    def readable_to(self) -> str:
        return readable_phone(self.to) if self.is_sms else self.to


class SmsCount(models.Model):
    """How many SMS one number, one account or the whole portal (`key`) had on one day of the organisation's."""

    key = models.CharField(max_length=64)
    on = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "on"], name="sms_count_once_a_day")]
