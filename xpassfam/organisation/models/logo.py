"""The organisation's own sign, in place of ours."""

import re
from dataclasses import dataclass

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class LogoFile(models.Model):
    """A logo as it is served. In the database: every node has it, and a backup of it is a backup of this."""

    name = models.CharField(max_length=40, primary_key=True)
    png = models.BinaryField()


@dataclass(frozen=True)
class Picture:
    """Where a page finds a logo, and the room to keep for it."""

    address: str
    width: int
    height: int


def picture(name: str) -> Picture | None:
    size = re.search(r"-(\d+)x(\d+)$", name)
    return Picture(reverse("organisation:logo", args=[name]), int(size[1]), int(size[2])) if size else None


class LogoFields(models.Model):
    """The names of the files, so that a page knows where its logo is without a query."""

    logo = models.CharField(max_length=40, blank=True, editable=False)
    dark_logo = models.CharField(max_length=40, blank=True, editable=False)
    logo_text = models.CharField(
        _("texte écrit dans le logo"),
        max_length=80,
        blank=True,
        help_text=_("Lu à qui ne voit pas l’image. Vide : le logo est un dessin sans texte, et le nom s’écrit à côté."),
    )

    class Meta:
        abstract = True

    @property
    def logo_picture(self) -> Picture | None:
        return picture(self.logo)

    @property
    def dark_logo_picture(self) -> Picture | None:
        return picture(self.dark_logo)
