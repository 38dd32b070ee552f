"""Name and colours: all the rest of the face is derived from them."""

from typing import TYPE_CHECKING

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xpassfam.organisation.brand import Sheet, Tokens, preview, sheet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

is_colour = RegexValidator(
    r"^#[0-9a-fA-F]{6}\Z", _("Écrivez la couleur comme #0f5c56 : un dièse, puis six chiffres ou lettres de a à f.")
)


class Typeface(models.TextChoices):
    SHAPED = "shaped", _("Bricolage Grotesque pour les titres, Figtree pour le texte")
    SOBER = "sober", _("Figtree partout")
    SYSTEM = "system", _("Celui de l’appareil de chaque personne (le plus léger)")


def colour(label: "StrOrPromise", help_text: "StrOrPromise") -> "models.CharField[str, str]":
    return models.CharField(label, max_length=7, blank=True, validators=[is_colour], help_text=help_text)


class Brand(models.Model):
    name = models.CharField(
        _("nom de l’organisme"),
        max_length=80,
        default="Votre organisme",
        help_text=_("Tel que les familles le connaissent : il est en haut de chaque page et dans chaque e-mail."),
    )
    portal_name = models.CharField(_("nom de l’espace"), max_length=40, default="Mon compte")
    brand_colour = colour(
        _("couleur principale"),
        _("Boutons et liens. Vide : la nôtre. Elle est éclaircie ou foncée jusqu’à ce que tout se lise."),
    )
    accent_colour = colour(_("couleur vive"), _("Formes du foyer et repères. Vide : la nôtre."))
    second_accent_colour = colour(_("seconde couleur vive"), _("Vide : la nôtre."))
    typeface = models.CharField(_("caractères"), max_length=10, choices=Typeface, default=Typeface.SHAPED)

    class Meta:
        abstract = True

    @property
    def _colours(self) -> dict[str, str]:
        return {
            "brand": self.brand_colour.lower(),
            "first_accent": self.accent_colour.lower(),
            "second_accent": self.second_accent_colour.lower(),
        }

    @property
    def brand_sheet(self) -> Sheet | None:
        """What differs from the base sheet; None for our own face."""
        return sheet(**self._colours, typeface=self.typeface)

    @property
    def brand_sheet_address(self) -> str:
        made = self.brand_sheet
        return reverse("organisation:brand_sheet", args=[made.digest]) if made else ""

    @property
    def preview(self) -> list[Tokens]:
        return preview(**self._colours)
