"""Papers and telephone numbers that every family may need."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xpassfam.organisation.models.contacts import is_phone, phone_address
from xpassfam.rules.identifiers import new_public_id
from xpassfam.services.models.category import Category
from xpassfam.services.models.dated import Dated, ends_after_it_opens
from xpassfam.vault.models import File


class UsefulFileQuerySet(models.QuerySet["UsefulFile"]):
    def shown(self, on: date) -> Self:
        """Those that families find that day. One query."""
        has_come, is_good = Q(opens_on=None) | Q(opens_on__lte=on), Q(closes_on=None) | Q(closes_on__gte=on)
        found = self.filter(has_come, is_good, is_published=True, file__state=File.State.READY)
        return found.select_related("file", "category").order_by("position", "label")


class UsefulFile(Dated):
    """A PDF. The rules of the aids of a year go with that year: `closes_on`."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    label = models.CharField(_("titre"), max_length=100)
    note = models.CharField(_("en une phrase"), max_length=200, blank=True)
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, null=True, blank=True, related_name="files", verbose_name=_("rayon")
    )
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+", verbose_name=_("fichier"))
    position = models.PositiveSmallIntegerField(_("rang"), default=0, help_text=_("Les plus petits d’abord."))
    is_published = models.BooleanField(_("publié"), default=False, help_text=_("Décoché : personne ne le voit."))

    objects = UsefulFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("fichier utile")
        verbose_name_plural = _("fichiers utiles")
        constraints = [ends_after_it_opens("useful_file_ends_after_it_opens")]

    def __str__(self) -> str:
        return self.label


class UsefulNumber(models.Model):
    label = models.CharField(_("qui répond"), max_length=80)
    phone = models.CharField(_("téléphone"), max_length=30, validators=[is_phone])
    hours = models.CharField(
        _("heures"), max_length=120, blank=True, help_text=_("Par exemple : lundi–vendredi, 9 h–17 h")
    )
    note = models.CharField(_("pour quoi"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("rang"), default=0, help_text=_("Les plus petits d’abord."))
    is_published = models.BooleanField(_("publié"), default=True, help_text=_("Décoché : personne ne le voit."))

    class Meta:
        verbose_name = _("numéro utile")
        verbose_name_plural = _("numéros utiles")

    def __str__(self) -> str:
        return self.label

    @property
    def phone_address(self) -> str:
        return phone_address(self.phone)
