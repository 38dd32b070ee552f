"""What the public page may tell of a paper that bears a code: this row, and nothing besides."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    VALID = "valid", _("Valable")
    EXPIRED = "expired", _("Expirée")
    REPLACED = "replaced", _("Remplacée")
    REVOKED = "revoked", _("Retirée")


class Paper(models.Model):
    """`code` as `rules.certificates.new_code` draws it; `kind` a code of `kinds.yaml`; `initials` of whom it speaks.

    `valid_until` is the last day, None where there is none.
    """

    code = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=40)
    initials = models.CharField(max_length=200)
    issued_on = models.DateField()
    valid_until = models.DateField(null=True)
    replaced_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(code=""), name="paper_has_a_code"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("issued_on")), name="paper_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def state(self, on: date) -> State:
        """The gravest first: what was withdrawn stays so, whatever came later."""
        if self.revoked_at:
            return State.REVOKED
        if self.replaced_at:
            return State.REPLACED
        if self.valid_until and self.valid_until < on:
            return State.EXPIRED
        return State.VALID
