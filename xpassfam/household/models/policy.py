"""What an administrator chose. A field without a row follows `rules.field_policy.FACTS`."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xpassfam.rules.field_policy import Audience, Mode

ONLY_ID = 1
LEAST_MONTHS, MOST_MONTHS, USUAL_MONTHS = 3, 36, 12


class FieldPolicy(models.Model):
    """What an audience may do with a field."""

    field = models.CharField(max_length=20)
    audience = models.CharField(max_length=12)
    mode = models.CharField(max_length=12)
    is_required = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("réglage d’un champ")
        verbose_name_plural = _("ce que les familles voient et changent")
        constraints = [
            models.UniqueConstraint(fields=["field", "audience"], name="field_policy_once"),
            models.CheckConstraint(condition=Q(mode__in=[mode.value for mode in Mode]), name="field_policy_mode_known"),
            models.CheckConstraint(
                condition=Q(audience__in=[audience.value for audience in Audience]), name="field_policy_audience_known"
            ),
        ]


class ConfirmationRule(models.Model):
    """How long « Tout est exact » holds: so many months, or until the first of September where there are none."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY_ID, editable=False)
    months = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=ONLY_ID), name="confirmation_rule_is_the_only_one"),
            models.CheckConstraint(
                condition=Q(months=None) | Q(months__range=(LEAST_MONTHS, MOST_MONTHS)),
                name="confirmation_rule_months_in_bounds",
            ),
        ]
