"""How the organisation closes a separation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from xpassfam.people.models import Separation
from xpassfam.ui.forms import Form


class SettleForm(Form):
    outcome = forms.ChoiceField(
        label=_("Comment la séparation est réglée"),
        choices=Separation.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez comment la séparation est réglée."),
            "invalid_choice": _("Choisissez une des façons proposées."),
        },
    )
    reason = forms.CharField(
        label=_("Motif, pour l’organisation seulement"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Écrivez le motif. Par exemple : deux dossiers faits au registre le 3 mars."),
            "max_length": _("Restez sous 300 caractères."),
        },
    )
