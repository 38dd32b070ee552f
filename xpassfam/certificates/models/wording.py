"""What an organisation decides of its certificates: its own words, who signs."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

ONLY_ID = 1


class Wording(models.Model):
    """In place of ours, for one kind. Where there is no row, those of `kinds.yaml` stand."""

    kind = models.CharField(max_length=40, unique=True)
    title = models.CharField(_("titre"), max_length=120)
    introduction = models.TextField(_("introduction"), max_length=1000)
    introduction_own = models.TextField(_("introduction, pour une personne seule"), max_length=1000, blank=True)
    closing = models.TextField(_("fin"), max_length=1000, blank=True)
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=250)

    class Meta:
        verbose_name = _("texte d’attestation")
        verbose_name_plural = _("textes des attestations")
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(introduction=""), name="wording_says_something")
        ]

    def __str__(self) -> str:
        return self.title


class Signature(models.Model):
    """Who signs certificates: one row, or none yet."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY_ID, editable=False)
    name = models.CharField(
        _("nom du signataire"), max_length=120, blank=True, help_text=_("Prénom et nom, comme sur une lettre.")
    )
    function = models.CharField(
        _("fonction"), max_length=120, blank=True, help_text=_("Par exemple : responsable du service des aides.")
    )
    place = models.CharField(_("lieu"), max_length=80, blank=True, help_text=_("« Fait à … » : par exemple, Nantes."))
    picture = models.BinaryField(null=True, editable=False)
    picture_width = models.FloatField(default=0, editable=False)  # millimetres
    written_at = models.DateTimeField(null=True, editable=False)
    written_by = models.CharField(max_length=250, blank=True, editable=False)

    class Meta:
        verbose_name = _("signataire des attestations")
        verbose_name_plural = _("signataire des attestations")
        constraints = [models.CheckConstraint(condition=Q(id=ONLY_ID), name="signature_is_the_only_one")]

    def __str__(self) -> str:
        return self.name
