"""Messages that agents write again and again, as administrators keep them."""

import string

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

PLACES = ("nom", "reference", "demarche")


def only_known_places(text: str) -> None:
    """A place that nothing fills would leave as it is, for a family to read."""
    try:
        named = [name for _text, name, _format, _conversion in string.Formatter().parse(text) if name is not None]
    except ValueError:
        raise ValidationError(_("Une accolade est restée ouverte : écrivez par exemple {nom}.")) from None
    for name in named:
        if name not in PLACES:
            raise ValidationError(_("Ce repère n’existe pas : {%(name)s}."), params={"name": name})


class MessageTemplate(models.Model):
    title = models.CharField(_("titre"), max_length=80, unique=True)
    text = models.TextField(
        _("texte"),
        max_length=4000,
        validators=[only_known_places],
        help_text=_("{nom}, {reference} et {demarche} sont remplis pour chaque demande."),
    )
    position = models.PositiveSmallIntegerField(_("place dans la liste"), default=100)

    class Meta:
        ordering = ["position", "title"]
        verbose_name = _("modèle de message")
        verbose_name_plural = _("modèles de message")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(title="") & ~models.Q(text=""), name="message_template_says_something"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def filled(self, *, name: str, reference: str, title: str) -> str:
        return self.text.format(nom=name, reference=reference, demarche=title)
