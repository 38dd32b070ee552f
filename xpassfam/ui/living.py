"""What the living page shows: a form in its states, a household, some moments."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xpassfam.ui import icons
from xpassfam.ui.forms import DateField, Form, PasswordField

THEMES = ("light", "dark")


@dataclass(frozen=True)
class Example:
    mark: int
    initial: str
    name: str
    is_small: bool = False


FAMILY = (
    Example(1, "C", "Camille"),
    Example(2, "K", "Karim"),
    Example(3, "I", "Inès", True),
    Example(4, "A", "Adam", True),
)


class ExampleForm(Form):
    email = forms.CharField(label=_("Adresse e-mail"), help_text=_("Par exemple : lea@example.org"))
    phone = forms.CharField(label=_("Téléphone"), required=False)
    birth_date = DateField(label=_("Date de naissance"), autocomplete="bday")
    password = PasswordField()
    code = forms.CharField(label=_("Les 6 chiffres reçus"))
    town = forms.ChoiceField(label=_("Commune"), choices=[("", _("Choisissez")), ("44109", "Nantes")])
    way = forms.ChoiceField(
        label=_("Comment vous prévenir ?"),
        choices=[("mail", _("Par e-mail")), ("letter", _("Par lettre"))],
        widget=forms.RadioSelect,
    )
    proof = forms.ChoiceField(label=_("Que voulez-vous utiliser ?"), choices=[("code", ""), ("file", "")])
    note = forms.CharField(label=_("Votre message"), widget=forms.Textarea, required=False)
    remember = forms.BooleanField(label=_("Se souvenir de moi pendant 30 jours"), required=False)


WRONG = {"email": "", "birth_date_day": "31", "birth_date_month": "avril", "birth_date_year": "1990", "proof": "code"}


def context() -> dict[str, Any]:
    now = timezone.now()
    return {
        "themes": [
            {
                "name": theme,
                "empty": ExampleForm(auto_id=f"{theme}-%s", initial={"proof": "code", "way": "mail"}),
                "wrong": ExampleForm(WRONG, auto_id=f"{theme}-wrong-%s"),
            }
            for theme in THEMES
        ],
        "family": FAMILY,
        "marks": [Example(n, letter, "") for n, letter in enumerate("ABCDEFGHIJKLMNOPQRST", 1)],
        "icons": sorted(icons.names()),
        "kinds": ("ok", "wait", "no", "info"),
        "until": now + timedelta(minutes=4, seconds=10),
        "now": now,
    }
