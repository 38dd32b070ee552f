"""The way back once everything is lost."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from xpassfam.accounts.forms.passwords import NewPasswordForm
from xpassfam.accounts.forms.signing_in import identifier_field
from xpassfam.accounts.forms.signing_up import EmailField
from xpassfam.rules.identifiers import has_check_character, normalise_code

CODE_LENGTH, WORD_LENGTH = 10, 6


def _code_field(label: object, required: object) -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        max_length=60,
        error_messages={"required": required},  # type: ignore[dict-item]
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


def _checked(typed: str, length: int, message: object) -> str:
    """What can't be a code is told at once, and is no try."""
    if len(normalise_code(typed)) != length or not has_check_character(typed):
        raise ValidationError(message)  # type: ignore[arg-type]
    return typed


class LetterCodeMixin(forms.Form):
    letter_code = _code_field(_("Code du courrier"), _("Recopiez le code de notre courrier."))

    def clean_letter_code(self) -> str:
        wrong = _("Le code du courrier a 10 signes. Relisez-le : une lettre manque, ou une autre a pris sa place.")
        return _checked(self.cleaned_data["letter_code"], CODE_LENGTH, wrong)


class ByLetterForm(LetterCodeMixin):
    username = identifier_field()
    rescue_word = _code_field(_("Mot de secours"), _("Écrivez les 6 signes donnés par l’agent."))
    email = EmailField(label=_("Votre nouvelle adresse e-mail"), max_length=254)

    field_order = ["username", "letter_code", "rescue_word", "email"]

    def clean_rescue_word(self) -> str:
        wrong = _("Le mot de secours a 6 signes. Relisez votre note, ou appelez-nous.")
        return _checked(self.cleaned_data["rescue_word"], WORD_LENGTH, wrong)


class ReopenForm(LetterCodeMixin, NewPasswordForm):
    """From the new mailbox: the letter once more, and a password."""

    field_order = ["letter_code", "new_password"]


class StopForm(forms.Form):
    """Whether the person never asked for it: then what is grave is frozen, too."""

    contested = forms.BooleanField(required=False)

    def __init__(self, *args: Any, is_own: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contested"].label = (
            _("Je ne l’ai pas demandé : bloquer aussi les changements importants")
            if is_own
            else _("La personne dit que ce n’était pas elle : bloquer aussi les changements importants")
        )


class StartForm(forms.Form):
    """An agent says how they know who calls."""

    is_known = forms.BooleanField(
        label=_("J’ai rappelé la personne à un numéro de son dossier, ou vu sa pièce d’identité"),
        error_messages={
            "required": _("Rappelez d’abord la personne, ou demandez-lui de venir avec une pièce d’identité.")
        },
    )
