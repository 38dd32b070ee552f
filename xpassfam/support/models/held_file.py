"""A file that came with a form which is to be mended: nobody sends it twice."""

from django.db import models

from xpassfam.rules.identifiers import new_public_id
from xpassfam.vault.models import File


class HeldFile(models.Model):
    """Known by the key of its form, which its writer's page alone has; kept for a day."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    form_key = models.CharField(max_length=64, db_index=True)
    file = models.OneToOneField(File, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.file)
