"""A call for help, from whoever can sign in and whoever can't, with the hour before which it is answered."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xpassfam.accounts.models import Account
from xpassfam.filings.models import Filing
from xpassfam.rules.identifiers import new_public_id
from xpassfam.rules.references import new_reference
from xpassfam.rules.visibility import Viewer

PREFIX = "AS"


def draw_reference() -> str:
    return new_reference(PREFIX)


class Topic(models.TextChoices):
    SIGN_IN = "sign_in", _("Me connecter")
    PASSWORD = "password", _("Changer mon mot de passe")
    ACTIVATION = "activation", _("Ouvrir mon compte")
    REQUEST = "request", _("Envoyer une demande ou un document")
    OTHER = "other", _("Autre chose")


class Tried(models.TextChoices):
    JUNK = "junk", _("Regarder les indésirables")
    WAITED = "waited", _("Attendre 10 minutes")
    TYPED = "typed", _("Taper le mot de passe à la main")
    BROWSER = "browser", _("Un autre navigateur")
    DEVICE = "device", _("Un autre appareil")
    NETWORK = "network", _("Un autre réseau : la 4G au lieu du Wi-Fi")


class Channel(models.TextChoices):
    EMAIL = "email", _("Par e-mail")
    PHONE = "phone", _("Par téléphone")


class Proof(models.TextChoices):
    """How we know that the writer is whom they say."""

    SIGNED_IN = "signed_in", _("connexion")
    MAILBOX = "mailbox", _("e-mail du compte")
    NONE = "none", _("identité non prouvée")


class State(models.TextChoices):
    OPEN = "open", _("À nous de répondre")
    WAITING = "waiting", _("À vous de répondre")
    CLOSED = "closed", _("Close")


class TicketQuerySet(models.QuerySet["Ticket"]):
    def visible_to(self, access: Viewer) -> Self:
        """One's own, whichever home one acts for: nobody reads what another adult asks for help about."""
        return self.filter(person=access.person_id, merged_into=None)

    def given_with(self, form_key: str) -> "Ticket | None":
        """What this form made, if it was sent before."""
        return self.filter(form_key=form_key).first()

    def unclosed(self) -> Self:
        return self.filter(merged_into=None).exclude(state=State.CLOSED)

    def ours(self) -> Self:
        """Those that wait for us, the first due first: its order is that of an index."""
        return self.filter(merged_into=None, state=State.OPEN).order_by("due_at", "pk")

    def to_warn_of(self, at: datetime) -> Self:
        """Three quarters of the time are over, and the team was not told."""
        return self.ours().filter(warn_at__lte=at, due_at__gt=at, warned_at=None)

    def to_tell_as_late(self, at: datetime) -> Self:
        return self.ours().filter(due_at__lte=at, told_late_at=None)

    def closed_before(self, at: datetime) -> Self:
        return self.filter(closed_at__lt=at)


class Ticket(models.Model):
    """`identifier` is what its writer typed of who they are; `reply_to`, where mails go. Neither proves anything.

    `first_due_at` and `first_answered_at` are what the promise is measured by; `due_at` follows what the family
    wrote last. `turn_since` is when it began to wait for whom it waits.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    reference = models.CharField(max_length=20, unique=True, default=draw_reference, editable=False)
    form_key = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True, blank=True, related_name="tickets")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, null=True, related_name="tickets")
    proof = models.CharField(max_length=10, choices=Proof, default=Proof.NONE)
    identifier = models.CharField(max_length=254)
    reply_to = models.CharField(max_length=254, blank=True)
    channel = models.CharField(max_length=5, choices=Channel, default=Channel.EMAIL)
    phone = models.CharField(max_length=30, blank=True)
    topic = models.CharField(max_length=12, choices=Topic)
    title = models.CharField(max_length=120)
    tried = models.JSONField(default=list)
    device = models.CharField(max_length=120, blank=True)
    browser = models.CharField(max_length=120, blank=True)
    page = models.CharField(max_length=200, blank=True)
    incident = models.CharField(max_length=12, blank=True)
    filing = models.ForeignKey(Filing, on_delete=models.SET_NULL, null=True, blank=True, related_name="tickets")
    document = models.ForeignKey(
        "documents.Document", on_delete=models.SET_NULL, null=True, blank=True, related_name="tickets"
    )
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    assigned_to = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    merged_into = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="merged")
    received_at = models.DateTimeField()
    turn_since = models.DateTimeField()
    first_due_at = models.DateTimeField()
    due_at = models.DateTimeField()
    warn_at = models.DateTimeField()
    warned_at = models.DateTimeField(null=True, blank=True)
    told_late_at = models.DateTimeField(null=True, blank=True)
    first_answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    is_closed_by_writer = models.BooleanField(default=False)

    objects = TicketQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "due_at"], name="ticket_by_due"),
            models.Index(fields=["first_due_at"], name="ticket_by_first_due"),
            models.Index(fields=["identifier"], name="ticket_by_identifier"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="ticket_state_is_known"),
            models.CheckConstraint(condition=Q(proof__in=Proof.values), name="ticket_proof_is_known"),
            models.CheckConstraint(
                condition=Q(state=State.CLOSED, closed_at__isnull=False)
                | ~Q(state=State.CLOSED) & Q(closed_at__isnull=True),
                name="ticket_closed_has_its_time",
            ),
            models.CheckConstraint(condition=~Q(form_key=""), name="ticket_has_form_key"),
            models.CheckConstraint(
                condition=~Q(proof=Proof.SIGNED_IN) | Q(account__isnull=False), name="ticket_signed_in_has_account"
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("pk")), name="ticket_not_merged_into_itself"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_proved(self) -> bool:
        return self.proof != Proof.NONE

    @property
    def is_closed(self) -> bool:
        return self.state == State.CLOSED

    @property
    def is_ours(self) -> bool:
        return self.state == State.OPEN

    @property
    def tried_labels(self) -> list[str]:
        return [str(Tried(code).label) for code in self.tried if code in Tried.values]
