"""Who a family turns to against a decision: named on every paper that refuses something."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Remedies(models.Model):
    appeal_body = models.CharField(
        _("instance de recours"),
        max_length=120,
        blank=True,
        help_text=_("Par exemple : la commission de recours. Vide : l’organisme lui-même."),
    )
    appeal_months = models.PositiveSmallIntegerField(
        _("délai pour contester (mois)"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
        help_text=_("Celui de votre règlement. Pour une administration, c’est la loi qui le fixe : deux mois."),
    )
    court = models.CharField(
        _("tribunal"), max_length=120, blank=True, help_text=_("Par exemple : le tribunal judiciaire de Nantes.")
    )

    class Meta:
        abstract = True
