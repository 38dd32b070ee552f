"""A file that somebody sent, and that belongs to no document yet."""

from typing import Self

from django.db import models

from xpassfam.people.models import Household, Person
from xpassfam.rules.identifiers import new_public_id
from xpassfam.rules.visibility import Viewer
from xpassfam.vault.models import File


class PendingUploadQuerySet(models.QuerySet["PendingUpload"]):
    def visible_to(self, access: Viewer) -> Self:
        """Who sent it, in the home it was sent for, and nobody else."""
        return self.filter(given_by=access.person_id, household=access.household_id)


class PendingUpload(models.Model):
    """Kept when the rest of a form is to be mended, so that nobody sends a file twice."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="pending_uploads")
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="pending_uploads")
    file = models.OneToOneField(File, on_delete=models.PROTECT)
    sent_at = models.DateTimeField()

    objects = PendingUploadQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["sent_at"], name="pending_upload_by_age")]

    def __str__(self) -> str:
        return str(self.file)
