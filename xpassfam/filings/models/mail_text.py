"""Words that an organisation wrote in place of ours."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xpassfam.procedures.models import Procedure


class MailText(models.Model):
    """Of one mail (`filings.mails.EVENTS`), for one procedure or for all. Where there is no row, ours stand."""

    event = models.CharField(max_length=24)
    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, null=True, related_name="mail_texts")
    subject = models.CharField(_("objet"), max_length=120)
    body = models.TextField(_("texte"), max_length=3000)
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=250)

    class Meta:
        verbose_name = _("e-mail des demandes")
        verbose_name_plural = _("e-mails des demandes")
        constraints = [
            models.UniqueConstraint(fields=["event"], condition=Q(procedure=None), name="mail_text_once_for_all"),
            models.UniqueConstraint(
                fields=["event", "procedure"],
                condition=Q(procedure__isnull=False),
                name="mail_text_once_by_procedure",
            ),
            models.CheckConstraint(condition=~Q(subject="") & ~Q(body=""), name="mail_text_says_something"),
        ]

    def __str__(self) -> str:
        return self.subject
