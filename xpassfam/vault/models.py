"""A file that somebody gave, and what was received of it until the virus scanner has seen that."""

from typing import Self

from django.db import models
from django.db.models import Q

from xpassfam.rules.identifiers import new_public_id


class Locked(models.Model):
    """Content in the storage, of `size` bytes. The key is its own, locked by the environment's key `key_id`."""

    storage_name = models.CharField(max_length=32, unique=True)
    size = models.PositiveIntegerField()
    key_id = models.CharField(max_length=12)
    wrapped_key = models.BinaryField(max_length=60)

    class Meta:
        abstract = True


class FileQuerySet(models.QuerySet["File"]):
    def waiting(self) -> Self:
        """For the virus scanner, the oldest first."""
        return self.filter(state=File.State.QUARANTINED).order_by("pk")

    def infected(self) -> Self:
        return self.filter(state=File.State.INFECTED)


class File(Locked):
    """Content that was judged, made harmless and locked. `size` and `digest` (SHA-256) are those of this content;
    `received` is the SHA-256 of what came, before it was written anew: the same twice is told by it. Nothing of what
    the portal made, nor of what came before it was noted.

    `name` is what its giver called it, with the ending of what it is now. In quarantine nobody reads it; infected, its
    content and its key are gone, and `told_at` is when those whom it concerns were told.
    """

    class MediaType(models.TextChoices):
        PDF = "application/pdf", "PDF"
        JPEG = "image/jpeg", "JPEG"
        PNG = "image/png", "PNG"
        # Made by the portal itself; nobody sends one.
        ZIP = "application/zip", "ZIP"

    class State(models.TextChoices):
        QUARANTINED = "quarantined", "quarantined"
        READY = "ready", "ready"
        INFECTED = "infected", "infected"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=20, choices=MediaType)
    pages = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    received = models.CharField(max_length=64, blank=True, default="", db_default="")
    state = models.CharField(max_length=12, choices=State, default=State.READY)
    received_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    objects = FileQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["key_id"], name="file_by_key"),
            models.Index(fields=["state"], condition=~Q(state="ready"), name="file_not_ready"),
            models.Index(fields=["received"], condition=~Q(received=""), name="file_by_what_came"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0) & Q(pages__gt=0), name="file_holds_something"),
            models.CheckConstraint(
                condition=Q(media_type__in=["application/pdf", "image/jpeg", "image/png", "application/zip"]),
                name="file_media_type_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["quarantined", "ready", "infected"]), name="file_state_is_known"
            ),
            models.CheckConstraint(
                condition=(Q(state="infected") & Q(key_id="")) | (~Q(state="infected") & ~Q(key_id="")),
                name="file_infected_has_no_key",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY

    @property
    def is_infected(self) -> bool:
        return self.state == self.State.INFECTED

    @property
    def is_image(self) -> bool:
        return self.media_type in (self.MediaType.JPEG, self.MediaType.PNG)


class Outage(models.Model):
    """Something that the vault depends on, and that does not answer since then; no row: all is well."""

    class Part(models.TextChoices):
        STORE = "store", "store"
        SCANNER = "scanner", "scanner"

    part = models.CharField(max_length=8, choices=Part, unique=True)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return self.part


class Original(Locked):
    """A file as it was received, kept for the virus scanner alone: what was written anew may hide what came."""

    file = models.OneToOneField(File, on_delete=models.CASCADE, related_name="original")
