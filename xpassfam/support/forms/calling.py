"""The form of `/assistance/`, and of a message more."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from xpassfam.accounts.models import Account
from xpassfam.rules.identifiers import identify, normalise_email
from xpassfam.support.models.ticket import Channel, Topic, Tried
from xpassfam.support.uploads import Uploads, UploadsField
from xpassfam.ui.forms import Form

LONGEST_MESSAGE = 4000
TOO_LONG = _("Ce message est trop long. Coupez-le en deux, ou joignez un fichier.")
FILES_HINT = _("PDF ou photo (JPEG, PNG, HEIC), 10 Mo au plus chacun. Vous pouvez aussi coller une image.")


class TrapForm(Form):
    """`website` is for programs, that fill in every field: people neither see nor reach it."""

    website = forms.CharField(
        label=_("Laissez ce champ vide"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(_("Laissez vide le champ « Laissez ce champ vide », puis envoyez."))
        return ""


class CallForm(TrapForm):
    """`account`: whoever is signed in need not say who they are, nor where to write."""

    username = forms.CharField(
        label=_("Votre adresse e-mail ou votre numéro d’adhérent"),
        max_length=254,
        widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "username", "autocapitalize": "none"}),
        error_messages={"required": _("Écrivez votre adresse e-mail, ou votre numéro d’adhérent.")},
    )
    topic = forms.ChoiceField(
        label=_("Que vouliez-vous faire ?"),
        choices=Topic,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez ce que vous vouliez faire.")},
    )
    message = forms.CharField(
        label=_("Ce qui s’est passé"),
        max_length=LONGEST_MESSAGE,
        help_text=_("Recopiez le message affiché, mot pour mot si possible."),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Écrivez en une phrase ce qui s’est passé."), "max_length": TOO_LONG},
    )
    tried = forms.MultipleChoiceField(
        label=_("Ce que vous avez déjà essayé"),
        choices=Tried,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    channel = forms.ChoiceField(
        label=_("Comment vous répondre ?"),
        choices=Channel,
        initial=Channel.EMAIL,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez comment nous vous répondons.")},
    )
    email = forms.CharField(
        label=_("Une autre adresse e-mail pour la réponse"),
        required=False,
        max_length=254,
        help_text=_("Seulement si vous ne lisez plus celle de votre compte."),
        widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "email", "autocapitalize": "none"}),
    )
    phone = forms.CharField(
        label=_("Votre numéro de téléphone"),
        required=False,
        max_length=30,
        help_text=_("Si vous préférez un appel. Par exemple : 06 39 98 12 34"),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    incident = forms.CharField(label=_("Code de la page d’erreur"), required=False, max_length=12)
    device = forms.CharField(label=_("Appareil"), required=False, max_length=120)
    browser = forms.CharField(label=_("Navigateur"), required=False, max_length=120)
    page = forms.CharField(label=_("Page"), required=False, max_length=200)
    joined = forms.BooleanField(label=_("Joindre ces informations"), required=False, initial=True)

    def __init__(self, *args: Any, account: Account | None, uploads: Uploads, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if account:
            del self.fields["username"], self.fields["email"]
        self.fields["files"] = UploadsField(uploads, label=_("Une image de l’écran"), help_text=FILES_HINT)

    def clean_username(self) -> str:
        """« contact » is neither an address nor a number; a telephone number is taken: somebody must be heard."""
        typed: str = self.cleaned_data["username"].strip()
        identifier = identify(typed)
        return identifier.value if identifier.kind != "unknown" else typed[:254]

    def clean_email(self) -> str:
        typed: str = self.cleaned_data["email"].strip()
        if not typed:
            return ""
        address = normalise_email(typed)
        try:
            validate_email(address)
        except ValidationError:
            raise ValidationError(_("Écrivez une adresse entière. Par exemple : lea@exemple.fr")) from None
        return address

    def clean_phone(self) -> str:
        typed: str = self.cleaned_data["phone"].strip()
        if typed and sum(character.isdigit() for character in typed) < 9:
            raise ValidationError(_("Écrivez le numéro en entier. Par exemple : 06 39 98 12 34"))
        return typed

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("channel") == Channel.PHONE and not data.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("Écrivez le numéro où vous appeler."))
        if not data.get("joined"):
            data |= {"device": "", "browser": "", "page": ""}
        return data


class MessageForm(TrapForm):
    """A message more on a ticket."""

    message = forms.CharField(
        label=_("Votre message"),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Écrivez votre message."), "max_length": TOO_LONG},
    )

    def __init__(self, *args: Any, uploads: Uploads, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"] = UploadsField(uploads, label=_("Joindre un fichier"), help_text=FILES_HINT)


class FollowForm(TrapForm):
    reference = forms.CharField(
        label=_("Numéro de la demande d’aide"),
        max_length=30,
        help_text=_("Il commence par AS."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "class": "code"}),
        error_messages={"required": _("Écrivez le numéro. Par exemple : AS-7K3Q-M2XP")},
    )
