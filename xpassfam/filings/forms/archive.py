"""Why an archive is opened."""

from django import forms
from django.utils.translation import gettext_lazy as _

from xpassfam.ui.forms import Form


class ReasonForm(Form):
    reason = forms.CharField(
        label=_("Pourquoi l’ouvrez-vous ?"),
        help_text=_("Une phrase, que la famille lira dans son historique."),
        min_length=10,
        max_length=300,
        error_messages={"min_length": _("Dites-le en une phrase : la famille doit comprendre.")},
    )
