"""Orders that left for the organisation's own tool together."""

from django.db import models
from django.db.models import Q

from xpassfam.rules.identifiers import new_public_id


class Batch(models.Model):
    """Who made it is kept as values. `form_key` is the form's: sent twice, it makes one batch."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=250)
    maker = models.CharField(max_length=32)
    form_key = models.CharField(max_length=64)
    count = models.PositiveIntegerField()
    total_cents = models.PositiveBigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["-made_at", "-id"], name="batch_latest")]
        constraints = [
            models.UniqueConstraint(fields=["maker", "form_key"], name="batch_once_by_form"),
            models.CheckConstraint(condition=~Q(form_key=""), name="batch_has_form_key"),
            models.CheckConstraint(condition=Q(count__gt=0), name="batch_is_of_something"),
        ]
