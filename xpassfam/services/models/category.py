"""A shelf of the catalogue."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.Model):
    title = models.CharField(_("titre"), max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(_("rang"), default=0, help_text=_("Les plus petits d’abord."))

    class Meta:
        verbose_name = _("rayon")
        verbose_name_plural = _("rayons")
        ordering = ["position", "title"]

    def __str__(self) -> str:
        return self.title
