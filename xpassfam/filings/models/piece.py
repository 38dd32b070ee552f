"""A supporting document, as one filing uses it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xpassfam.documents.models import Document
from xpassfam.filings.models.filing import Filing


class Piece(models.Model):
    """`key` is that of the piece asked: see `procedures.answers.PieceAsked`.

    The document is the family's and may serve elsewhere; the verdict is on its use here. A piece that was taken out
    of a draft is gone; out of a filing that was sent, it stays, replaced. `TO_REPLACE` is said by a refusal, whose
    facts say why.
    """

    class Verdict(models.TextChoices):
        PENDING = "pending", _("À vérifier")
        ACCEPTED = "accepted", _("Conforme")
        UNREADABLE = "unreadable", _("Illisible ou incomplète")
        TOO_OLD = "too_old", _("Trop ancienne")
        WRONG = "wrong", _("Pas la bonne pièce")
        TO_REPLACE = "to_replace", _("À remplacer")

    filing = models.ForeignKey(Filing, on_delete=models.CASCADE, related_name="pieces")
    key = models.CharField(max_length=80)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="uses")
    is_reused = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=12, choices=Verdict, default=Verdict.PENDING)
    explanation = models.TextField(max_length=1000, blank=True)
    judged_at = models.DateTimeField(null=True)
    judged_by = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["filing", "key", "document"], name="piece_once_by_filing"),
            models.CheckConstraint(
                condition=Q(verdict="pending", judged_at=None) | (~Q(verdict="pending") & Q(judged_at__isnull=False)),
                name="piece_judged_has_its_time",
            ),
        ]

    @property
    def as_judged(self) -> str:
        """What was said of it here, and of its document anywhere, until now: a page that carries something else is
        behind.
        """
        when = [at.isoformat() if at else "" for at in (self.judged_at, self.document.verdict_at)]
        return "/".join([self.verdict, self.document.verdict, *when])

    @property
    def is_judged_last_here(self) -> bool:
        """Nothing was said of its document since, elsewhere."""
        elsewhere = self.document.verdict_at
        return self.judged_at is not None and (elsewhere is None or elsewhere <= self.judged_at)
