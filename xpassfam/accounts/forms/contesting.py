"""What an agent answers to « Ce n’est pas moi »."""

from django import forms
from django.utils.translation import gettext_lazy as _

from xpassfam.ui.forms import Form


class AnswerForm(Form):
    answer = forms.CharField(
        label=_("Ce que vous avez fait"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("La personne le lira dans son historique. Par exemple : appel le 3 mars, mot de passe changé."),
        error_messages={"required": _("Écrivez en une phrase ce que vous avez fait.")},
    )
