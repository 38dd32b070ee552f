"""Identifier and password; the identifier alone."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from xpassfam.accounts.actions.passwords import is_address
from xpassfam.organisation.models import current
from xpassfam.rules.identifiers import identify
from xpassfam.ui.forms import PasswordField

LONGEST_PASSWORD = 1024
TOO_LONG = _("Ce mot de passe est trop long. Un autre texte a peut-être été collé à sa place.")


def identifier_field() -> forms.CharField:
    """A text field, not an e-mail one: it takes member numbers, and the spaces that pasting adds."""
    return forms.CharField(
        label=_("Adresse e-mail ou numéro d’adhérent"),
        max_length=320,
        error_messages={
            "required": _("Écrivez votre adresse e-mail ou votre numéro d’adhérent."),
            "max_length": _("C’est trop long. Écrivez seulement votre adresse e-mail ou votre numéro d’adhérent."),
        },
        widget=forms.TextInput(
            attrs={
                "autocomplete": "username",
                "inputmode": "email",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
    )


class SignInForm(forms.Form):
    username = identifier_field()
    password = PasswordField(
        max_length=LONGEST_PASSWORD,
        error_messages={"required": _("Écrivez votre mot de passe."), "max_length": TOO_LONG},
    )
    remember = forms.BooleanField(required=False)
    next = forms.CharField(required=False, widget=forms.HiddenInput)
    carried = forms.CharField(required=False, widget=forms.HiddenInput)  # see `returning`

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remember"].label = ngettext_lazy(
            "Se souvenir de moi pendant %(days)s jour", "Se souvenir de moi pendant %(days)s jours", "days"
        ) % {"days": current().remember_days}


class ConfirmForm(forms.Form):
    """The password of whoever is signed in, asked for again."""

    password = PasswordField(
        max_length=LONGEST_PASSWORD,
        error_messages={"required": _("Écrivez votre mot de passe."), "max_length": TOO_LONG},
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)
    carried = forms.CharField(required=False, widget=forms.HiddenInput)  # see `returning`


class IdentifierForm(forms.Form):
    """Whom to write to. What can be neither an address nor a number is told at once, whoever has an account."""

    username = identifier_field()

    def clean_username(self) -> str:
        typed: str = self.cleaned_data["username"]
        meant = identify(typed)
        if meant.kind == "email" and not is_address(meant.value):
            raise ValidationError(_("Cette adresse n’est pas complète. Par exemple : camille.martin@example.org"))
        if meant.kind == "unknown":
            raise ValidationError(
                _(
                    "Écrivez votre adresse e-mail ou votre numéro d’adhérent en entier. "
                    "Par exemple : camille.martin@example.org ou ESF‑2019‑004812‑K"
                )
            )
        return typed
