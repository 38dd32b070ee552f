"""A list of people who are to choose a new password."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from xpassfam.ui.forms import Form

MOST = 1000


class ListForm(Form):
    people = forms.CharField(
        label=_("Adresses e-mail ou numéros d’adhérent"),
        help_text=_("Un par ligne, 1 000 au plus. Pas de mot de passe ici."),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocapitalize": "none"}),
        max_length=MOST * 100,
    )
    why = forms.CharField(
        label=_("Pourquoi"),
        help_text=_("Une phrase, que chacun lira dans l’e-mail et dans son historique."),
        max_length=300,
        initial=_("Une liste d’adresses et de mots de passe d’un autre site circule sur internet."),
        widget=forms.TextInput(),
    )

    def clean_people(self) -> list[str]:
        lines = [line.strip().rstrip(",;") for line in self.cleaned_data["people"].splitlines()]
        kept = list(dict.fromkeys(filter(None, lines)))
        if len(kept) > MOST:
            raise ValidationError(_("%(n)s lignes : 1 000 au plus à la fois.") % {"n": len(kept)})
        return kept

    def clean_why(self) -> str:
        why: str = self.cleaned_data["why"]
        return why if why.endswith((".", "!", "?")) else f"{why}."
