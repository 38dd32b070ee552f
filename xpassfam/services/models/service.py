"""Something that families may have: an aid, a price, a place, a partner's offer."""

from typing import Self
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xpassfam.organisation.models.contacts import is_phone, phone_address
from xpassfam.services.models.category import Category
from xpassfam.services.models.dated import Dated, ends_after_it_opens

A_CODE = RegexValidator(r"^[A-Z][A-Z0-9-]*$", _("En majuscules et chiffres. Par exemple : R02."))


class ServiceQuerySet(models.QuerySet["Service"]):
    def published(self) -> Self:
        """In the order of the catalogue."""
        return self.filter(is_published=True).select_related("category").order_by("position", "title")


class Service(Dated):
    """Every family reads every published one: who may have it is told by `claims`, by its right."""

    slug = models.SlugField(
        _("adresse"), max_length=60, unique=True, help_text=_("La fin de l’adresse de sa page. Ne la changez plus.")
    )
    title = models.CharField(_("titre"), max_length=80)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="services", verbose_name=_("rayon"))
    summary = models.CharField(_("en une phrase"), max_length=200)
    text = models.TextField(_("texte"), blank=True, help_text=_("Une ligne vide sépare deux paragraphes."))
    for_whom = models.CharField(_("pour qui"), max_length=200, blank=True)
    how = models.TextField(_("comment en profiter"), blank=True)
    keywords = models.CharField(
        _("autres mots"), max_length=200, blank=True, help_text=_("Ceux que les familles cherchent : cantine, colo…")
    )
    partner_name = models.CharField(_("partenaire"), max_length=80, blank=True)
    partner_url = models.URLField(
        _("site du partenaire"), max_length=300, blank=True, help_text=_("Commence par https://")
    )
    phone = models.CharField(_("téléphone"), max_length=30, blank=True, validators=[is_phone])
    right = models.CharField(
        _("droit"),
        max_length=20,
        blank=True,
        validators=[A_CODE],
        help_text=_("Le code du droit qui l’ouvre, comme R02. Vide : ouvert à tous."),
    )
    procedure = models.SlugField(
        _("démarche"),
        max_length=60,
        blank=True,
        help_text=_("La fin de l’adresse de la démarche à faire : dans /mon-compte/demarches/rib/, c’est « rib »."),
    )
    position = models.PositiveSmallIntegerField(_("rang"), default=0, help_text=_("Les plus petits d’abord."))
    is_published = models.BooleanField(_("publié"), default=False, help_text=_("Décoché : personne ne le voit."))

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        constraints = [
            ends_after_it_opens("service_ends_after_it_opens"),
            models.CheckConstraint(
                condition=Q(partner_url="") | Q(partner_url__startswith="https://"), name="service_link_is_safe"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.partner_url and not self.partner_url.startswith("https://"):
            raise ValidationError({"partner_url": _("Écrivez une adresse qui commence par https://")})

    @property
    def partner_host(self) -> str:
        """Where its link goes, as people recognise it."""
        return (urlsplit(self.partner_url).hostname or "").removeprefix("www.")

    @property
    def phone_address(self) -> str:
        return phone_address(self.phone)
