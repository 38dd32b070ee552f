"""What administrators type: a length, a period."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xpassfam.privacy.retention import in_words
from xpassfam.ui.forms import DateField, Form
from xpassfam.ui.own_data import Rule


class LengthForm(Form):
    length = forms.IntegerField(label=_("Durée"))

    def __init__(self, *args: Any, rule: Rule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule = rule
        low, high = in_words(rule, rule.least), in_words(rule, rule.most)
        field = self.fields["length"]
        field.label = _("Garder combien de jours ?") if rule.unit == "days" else _("Garder combien de mois ?")
        field.help_text = _("De {low} à {high}.").format(low=low, high=high)
        field.error_messages["required"] = _("Écrivez un nombre.")
        field.error_messages["invalid"] = _("Écrivez un nombre entier, par exemple {n}.").format(n=rule.usual)

    def clean_length(self) -> int:
        length: int = self.cleaned_data["length"]
        if not self.rule.least <= length <= self.rule.most:
            said = _("Choisissez un nombre entre {low} et {high}.")
            raise forms.ValidationError(said.format(low=self.rule.least, high=self.rule.most))
        return length


class BreachForm(Form):
    """Which accesses: between two days, both included; of one agent, by name or address, where it is known."""

    since = DateField(label=_("Du"))
    until = DateField(label=_("Au"))
    agent = forms.CharField(
        label=_("Agent"), required=False, max_length=120, help_text=_("Son adresse e-mail. Vide : tous les agents.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("Le dernier jour vient après le premier. Échangez-les."))
        return cleaned

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        days = self.cleaned_data["since"], self.cleaned_data["until"] + timedelta(days=1)
        since, until = (timezone.make_aware(datetime.combine(day, time.min)) for day in days)
        return since, until
