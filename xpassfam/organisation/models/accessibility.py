"""The accessibility statement. Source: loi 2005-102, art. 47; RGAA 4.1.2."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Conformity(models.TextChoices):
    NONE = "none", _("non conforme")
    PARTIAL = "partial", _("partiellement conforme")
    FULL = "full", _("totalement conforme")


class Accessibility(models.Model):
    accessibility_state = models.CharField(
        _("état de conformité"),
        max_length=8,
        choices=Conformity,
        default=Conformity.NONE,
        help_text=_("Sans audit, ou sous 50 % des critères : non conforme. Totalement : 100 %."),
    )
    accessibility_is_required = models.BooleanField(
        _("tenu par l’article 47 de la loi de 2005"),
        default=False,
        help_text=_(
            "Toujours vrai pour une administration. Cochez pour une délégation de service public, 250 M€ de chiffre "
            "d’affaires, ou un service aux personnes handicapées."
        ),
    )
    accessibility_rate = models.PositiveSmallIntegerField(
        _("critères respectés (%)"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    accessibility_audited_on = models.DateField(_("date de l’audit"), null=True, blank=True)
    accessibility_auditor = models.CharField(_("auteur de l’audit"), max_length=120, blank=True)
    accessibility_gaps = models.TextField(
        _("contenus non accessibles"), blank=True, help_text=_("Un par ligne, avec ce qui peut les remplacer.")
    )
    accessibility_exemptions = models.TextField(
        _("dérogations et contenus exemptés"), blank=True, help_text=_("Un par ligne, avec la raison.")
    )
    accessibility_plan_url = models.URLField(
        _("adresse du schéma pluriannuel"), blank=True, help_text=_("Il contient le plan d’action de l’année.")
    )

    class Meta:
        abstract = True

    @property
    def accessibility_label(self) -> str:
        return str(_("Accessibilité : %s")) % self.get_accessibility_state_display()

    def clean(self) -> None:
        super().clean()
        state, rate = self.accessibility_state, self.accessibility_rate
        if state == Conformity.NONE:
            return
        audit = ("accessibility_rate", "accessibility_audited_on", "accessibility_auditor")
        if missing := [name for name in audit if getattr(self, name) in (None, "")]:
            raise ValidationError({name: _("Sans cette information, écrivez « non conforme ».") for name in missing})
        if rate is not None and (rate < 50 or (rate == 100) != (state == Conformity.FULL)):
            raise ValidationError(
                {"accessibility_state": _("De 50 à 99 % : partiellement. 100 % : totalement. Moins : non conforme.")}
            )
