"""When the organisation is closed: the public holidays where it is, and days of its own."""

from datetime import date, timedelta
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xpassfam.ui import words

# A longer closing is a mistake of year: delays counted in working days would have no end.
LONGEST = timedelta(days=62)


class HolidayZone(models.TextChoices):
    """Source: code du travail, art. L3133-1, L3134-13 (Alsace, Moselle), L3422-2 (overseas)."""

    METROPOLE = "metropole", _("France métropolitaine")
    ALSACE_MOSELLE = "alsace_moselle", _("Alsace et Moselle")
    GUADELOUPE = "guadeloupe", _("Guadeloupe")
    MARTINIQUE = "martinique", _("Martinique")
    GUYANE = "guyane", _("Guyane")
    REUNION = "reunion", _("La Réunion")
    MAYOTTE = "mayotte", _("Mayotte")
    SAINT_BARTHELEMY = "saint_barthelemy", _("Saint-Barthélemy")
    SAINT_MARTIN = "saint_martin", _("Saint-Martin")
    SAINT_PIERRE = "saint_pierre", _("Saint-Pierre-et-Miquelon")
    NOUVELLE_CALEDONIE = "nouvelle_caledonie", _("Nouvelle-Calédonie")
    POLYNESIE = "polynesie", _("Polynésie française")
    WALLIS = "wallis", _("Wallis-et-Futuna")


class Closing(models.Model):
    """A day, or some in a row, on which nobody works besides weekends and public holidays."""

    first_on = models.DateField(_("premier jour"))
    last_on = models.DateField(_("dernier jour"), help_text=_("Le même pour un seul jour."))
    reason = models.CharField(_("raison"), max_length=80, help_text=_("Par exemple : pont de l’Ascension."))
    written_at = models.DateTimeField(editable=False)
    written_by = models.CharField(max_length=250, editable=False)

    class Meta:
        verbose_name = _("fermeture")
        verbose_name_plural = _("jours de fermeture")
        ordering = ["-first_on"]
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="closing_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        return f"{self.reason}, {words.full_day(self.first_on)}"

    def clean(self) -> None:
        super().clean()
        if not all((self.first_on, self.last_on)):
            return
        if self.last_on < self.first_on:
            raise ValidationError({"last_on": _("Le dernier jour ne peut pas venir avant le premier.")})
        if self.last_on - self.first_on >= LONGEST:
            raise ValidationError({"last_on": _("Deux mois au plus : vérifiez l’année.")})


class Calendar(models.Model):
    holiday_zone = models.CharField(
        _("jours fériés"),
        max_length=20,
        choices=HolidayZone,
        default=HolidayZone.METROPOLE,
        help_text=_("Ils ne comptent pas dans les délais en jours ouvrés, ni les samedis et dimanches."),
    )

    class Meta:
        abstract = True

    @cached_property
    def closings(self) -> tuple[tuple[date, date], ...]:
        """Read once by each copy of the row that a process keeps."""
        return tuple(Closing.objects.order_by("first_on").values_list("first_on", "last_on"))

    def is_closed_on(self, day: date) -> bool:
        """A closing of its own; weekends and public holidays are in `organisation.calendar`."""
        return any(first <= day <= last for first, last in self.closings)
