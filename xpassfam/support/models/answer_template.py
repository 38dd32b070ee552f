"""Answers that agents write again and again, as administrators keep them."""

import string

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

PLACES = ("prenom", "reference", "agent")


def only_known_places(text: str) -> None:
    """A place that nothing fills would leave as it is, for a family to read."""
    try:
        named = [name for _text, name, _format, _conversion in string.Formatter().parse(text) if name is not None]
    except ValueError:
        raise ValidationError(_("Une accolade est restée ouverte : écrivez par exemple {prenom}.")) from None
    for name in named:
        if name not in PLACES:
            raise ValidationError(_("Ce repère n’existe pas : {%(name)s}."), params={"name": name})


class AnswerTemplate(models.Model):
    title = models.CharField(_("titre"), max_length=80, unique=True)
    text = models.TextField(
        _("texte"),
        max_length=4000,
        validators=[only_known_places],
        help_text=_("{prenom}, {reference} et {agent} sont remplis pour chaque réponse."),
    )
    position = models.PositiveSmallIntegerField(_("place dans la liste"), default=100)

    class Meta:
        ordering = ["position", "title"]
        verbose_name = _("modèle de réponse de l’assistance")
        verbose_name_plural = _("modèles de réponse de l’assistance")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(title="") & ~models.Q(text=""), name="answer_template_says_something"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def filled(self, *, first_name: str, reference: str, agent: str) -> str:
        """Whoever is not known has no first name: « Bonjour, »."""
        text = self.text if first_name else self.text.replace(" {prenom}", "")
        return text.format(prenom=first_name, reference=reference, agent=agent)
