"""A file that somebody gave."""

from django.db import models
from django.db.models import Q

from xpassfam.rules.identifiers import new_public_id


class File(models.Model):
    """Content that was judged, made harmless and locked. `size` and `digest` (SHA-256) are those of this content.

    `name` is what its giver called it, with the ending of what it is now. The key is the file's own, locked by the
    environment's key `key_id`.
    """

    class MediaType(models.TextChoices):
        PDF = "application/pdf", "PDF"
        JPEG = "image/jpeg", "JPEG"
        PNG = "image/png", "PNG"

    class State(models.TextChoices):
        READY = "ready", "ready"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=20, choices=MediaType)
    size = models.PositiveIntegerField()
    pages = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    storage_name = models.CharField(max_length=32, unique=True)
    key_id = models.CharField(max_length=12)
    wrapped_key = models.BinaryField(max_length=60)
    state = models.CharField(max_length=12, choices=State, default=State.READY)
    received_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["key_id"], name="file_by_key")]
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0) & Q(pages__gt=0), name="file_holds_something"),
            models.CheckConstraint(
                condition=Q(media_type__in=["application/pdf", "image/jpeg", "image/png"]),
                name="file_media_type_is_known",
            ),
            models.CheckConstraint(condition=Q(state="ready"), name="file_state_is_known"),
        ]

    def __str__(self) -> str:
        return self.name
