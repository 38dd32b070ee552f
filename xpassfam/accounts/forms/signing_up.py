"""Who signs up, how to write to them, and their proof."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from xpassfam.accounts import password_policy
from xpassfam.accounts.actions.signing_up import Claim
from xpassfam.accounts.forms.signing_in import LONGEST_PASSWORD
from xpassfam.organisation.models import current
from xpassfam.rules import identifiers
from xpassfam.rules.names import may_be_name
from xpassfam.rules.phones import normalise_phone
from xpassfam.ui.forms import DateField, PasswordField

BY_CODE, BY_FILE = "code", "file"
CODE_LENGTH = 10


class EmailField(forms.CharField):
    """An address as people paste it: spaces and capitals absorbed, told what is missing."""

    widget = forms.TextInput(
        attrs={
            "autocomplete": "email",
            "inputmode": "email",
            "autocapitalize": "none",
            "spellcheck": "false",
        }
    )
    default_error_messages = {
        "required": _("Écrivez votre adresse e-mail. Par exemple : camille.martin@example.org"),
        "shape": _("Cette adresse n’est pas complète. Par exemple : camille.martin@example.org"),
        "max_length": _("Cette adresse est trop longue. Par exemple : camille.martin@example.org"),
    }

    def to_python(self, value: Any) -> str:
        return identifiers.normalise_email(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        try:
            if value:
                validate_email(value)
        except ValidationError as error:
            raise ValidationError(self.error_messages["shape"], code="shape") from error


class NameField(forms.CharField):
    """A name and nothing else: what a stranger types here must not become a message of ours."""

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not may_be_name(value):
            raise ValidationError(self.error_messages["shape"], code="shape")


class EmailForm(forms.Form):
    email = EmailField(label=_("Adresse e-mail"), max_length=254)


class CodeForm(forms.Form):
    """Six digits; spaces and dashes don't count."""

    code = forms.CharField(
        label=_("Les 6 chiffres reçus"),
        max_length=40,
        error_messages={"required": _("Écrivez les 6 chiffres du message.")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean_code(self) -> str:
        digits = "".join(c for c in identifiers.absorb(self.cleaned_data["code"]) if c not in "-–.")
        if len(digits) != 6 or not digits.isdecimal():
            raise ValidationError(_("Le code a 6 chiffres. Recopiez ceux du dernier message."))
        return digits


class ChosenPasswordForm(forms.Form):
    """The password chosen at sign-up, where the link is opened on another device."""

    password = PasswordField(label=_("Mot de passe choisi à l’inscription"), max_length=LONGEST_PASSWORD)


class CodeAndPasswordForm(ChosenPasswordForm, CodeForm):
    """The six digits, typed in another browser than the one that signed up."""


class SignUpForm(forms.Form):
    last_name = NameField(
        label=_("Nom"),
        max_length=120,
        error_messages={
            "required": _("Écrivez votre nom, comme sur nos courriers."),
            "shape": _("Écrivez votre nom avec des lettres, sans chiffre ni signe."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    first_name = NameField(
        label=_("Prénom"),
        max_length=120,
        error_messages={
            "required": _("Écrivez votre prénom."),
            "shape": _("Écrivez votre prénom avec des lettres, sans chiffre ni signe."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    proof = forms.ChoiceField(choices=[(BY_CODE, ""), (BY_FILE, "")], initial=BY_CODE, required=False)
    member_number = forms.CharField(
        label=_("Numéro d’adhérent"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "code"}),
    )
    activation_code = forms.CharField(
        label=_("Code d’activation"),
        max_length=60,
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "code"}
        ),
    )
    file_number = forms.CharField(
        label=_("Numéro de dossier"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "code"}),
    )
    birth_date = DateField(label=_("Date de naissance"), required=False)
    email = EmailField(label=_("Adresse e-mail"), max_length=254)
    phone = forms.CharField(
        label=_("Téléphone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    password = PasswordField(
        new=True,
        error_messages={"required": _("Choisissez un mot de passe.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.allowed = current().sign_up_proof
        # By file too, a code may have been posted: it must have its place.
        self.offers_choice = self.allowed != BY_CODE
        self.fields["proof"].initial = BY_FILE if self.allowed == BY_FILE else BY_CODE

    @property
    def chosen_proof(self) -> str:
        """Which proof the page shows open."""
        if not self.offers_choice:
            return BY_CODE
        return self["proof"].value() or (BY_FILE if self["file_number"].value() else BY_CODE)

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        number = normalise_phone(typed) if typed else ""
        if number is None:
            raise ValidationError(_("Ce numéro n’est pas complet. Par exemple : 06 39 98 12 34"))
        return number

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.chosen_proof == BY_CODE:
            self._clean_code_proof(data)
        else:
            self._clean_file_proof(data)
        if data.get("password"):
            own = {"words": self._own_words(data), "birth_dates": filter(None, [data.get("birth_date")])}
            for message in password_policy.check(data["password"], **own):
                self.add_error("password", message)
        return data

    def _clean_code_proof(self, data: dict[str, Any]) -> None:
        number = identifiers.normalise_member_number(data.get("member_number") or "")
        if not data.get("member_number"):
            self.add_error("member_number", _("Écrivez votre numéro d’adhérent. Il est en haut de nos courriers."))
        elif number is None:
            self.add_error("member_number", _("Il manque quelque chose à ce numéro. Par exemple : ESF‑2019‑004812‑K"))
        code = identifiers.normalise_code(data.get("activation_code") or "")
        if not code:
            self.add_error("activation_code", _("Écrivez le code d’activation. Il est dans la lettre reçue."))
        elif len(code) != CODE_LENGTH:
            self.add_error(
                "activation_code",
                _("Le code d’activation a 10 signes, vous en avez écrit %(count)s. Par exemple : K7QF‑2M9TXV")
                % {"count": len(code)},
            )
        elif not identifiers.has_check_character(code):
            self.add_error("activation_code", _("Un signe n’est pas le bon. Relisez le code, signe par signe."))
        data["member_number"], data["activation_code"] = number or "", code
        data["file_number"], data["birth_date"] = "", None

    def _clean_file_proof(self, data: dict[str, Any]) -> None:
        if not data.get("file_number"):
            self.add_error("file_number", _("Écrivez votre numéro de dossier. Il est en haut de nos courriers."))
        if not data.get("birth_date") and "birth_date" not in self.errors:
            self.add_error("birth_date", _("Écrivez votre date de naissance. Par exemple : 12 4 1988"))
        data["member_number"] = data["activation_code"] = ""

    def _own_words(self, data: dict[str, Any]) -> list[str]:
        names = ("last_name", "first_name", "email", "member_number", "file_number")
        return [str(data.get(name) or "") for name in names]

    def claim(self) -> Claim:
        data = {key: value for key, value in self.cleaned_data.items() if key != "proof"}
        return Claim(**data)
