"""When the committee meets: what a rule does not decide alone is decided there."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from xpassfam.ui import words


class Meeting(models.Model):
    on = models.DateField(_("jour"), unique=True)
    written_at = models.DateTimeField(editable=False)
    written_by = models.CharField(max_length=250, editable=False)

    class Meta:
        verbose_name = _("séance de la commission")
        verbose_name_plural = _("séances de la commission")
        ordering = ["on"]

    def __str__(self) -> str:
        return words.full_day(self.on)


def next_meeting(*, on: date) -> date | None:
    """That day, or after it; None where none is planned. One query."""
    return Meeting.objects.filter(on__gte=on).values_list("on", flat=True).first()
