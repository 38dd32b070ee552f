"""An agent's answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xpassfam.household.models import Reason
from xpassfam.ui.forms import Form


class RefusalForm(Form):
    """No reason is chosen beforehand."""

    reason = forms.ChoiceField(
        label=_("Raison"),
        choices=Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une raison : la famille la lira.")},
    )
    explanation = forms.CharField(
        label=_("Explication pour la famille"),
        required=False,
        max_length=1000,
        help_text=_("Dites ce qu’elle peut faire : quel document envoyer, quoi corriger."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("reason") == Reason.OTHER and not data.get("explanation", "").strip():
            self.add_error("explanation", _("Écrivez la raison : la famille la lira."))
        return data
