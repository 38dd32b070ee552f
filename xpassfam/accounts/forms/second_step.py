"""Answers to the second step, and what turns it on."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from xpassfam.accounts.forms.signing_up import CodeForm

LONGEST_CREDENTIAL = 20_000
NOT_OF_THE_MOMENT = _(
    "Ce n’est pas le code du moment, ou il a déjà servi. Attendez le suivant, et vérifiez l’heure du téléphone."
)


def not_the_one_sent(remaining: int | None) -> str:
    """Of a code that left by e-mail or SMS; `remaining`: its tries, where there are some."""
    said = gettext("Ce n’est pas le bon code. Recopiez celui du dernier message.")
    if not remaining:
        return said
    left = ngettext("Il vous reste %(count)s essai.", "Il vous reste %(count)s essais.", remaining)
    return f"{said} {left % {'count': remaining}}"


class StepCodeForm(CodeForm):
    """Six digits of a message, or of an application."""

    trust = forms.BooleanField(required=False)

    def __init__(self, *args: Any, label: str = "", trust_label: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["code"].label = label
        self.fields["trust"].label = trust_label
        if not trust_label:
            del self.fields["trust"]


class RecoveryCodeForm(forms.Form):
    recovery_code = forms.CharField(
        label=_("Code de secours"),
        max_length=60,
        error_messages={"required": _("Recopiez un code de votre feuille.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class LetterCodeForm(forms.Form):
    letter_code = forms.CharField(
        label=_("Code du courrier"),
        max_length=60,
        error_messages={"required": _("Recopiez le code de notre courrier.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class PasskeyForm(forms.Form):
    """What the script brings back from the key-ring."""

    challenge_token = forms.CharField(max_length=100)
    credential = forms.CharField(max_length=LONGEST_CREDENTIAL)

    def clean_credential(self) -> dict[str, Any]:
        try:
            told = json.loads(self.cleaned_data["credential"])
        except ValueError as error:
            raise ValidationError("not JSON") from error
        if not isinstance(told, dict):
            raise ValidationError("not an object")
        return told


class NewPasskeyForm(PasskeyForm):
    name = forms.CharField(
        label=_("Nom de la clé"),
        max_length=60,
        error_messages={"required": _("Donnez un nom à cette clé. Par exemple : « Mon téléphone ».")},
    )


class NewTotpForm(CodeForm):
    """The key goes with the page, locked, until a code proves that the application has it."""

    key = forms.CharField(max_length=400, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Les 6 chiffres de l’application")
        self.fields["code"].error_messages["required"] = _("Écrivez les 6 chiffres que l’application montre.")
