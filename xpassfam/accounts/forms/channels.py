"""A telephone, where to be told what, discreet mode."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from xpassfam.accounts.models import ContactChoices
from xpassfam.accounts.models.channels import ALWAYS_BY_EMAIL, Subject
from xpassfam.outbox import sms
from xpassfam.rules.phones import normalise_phone
from xpassfam.ui.forms import Form


class PhoneForm(forms.Form):
    phone = forms.CharField(
        label=_("Numéro de téléphone mobile"),
        max_length=40,
        help_text=_("Par exemple : 06 39 98 00 12. Un mobile que personne d’autre n’ouvre."),
        error_messages={
            "required": _("Écrivez votre numéro de mobile."),
            "max_length": _("Ce numéro est trop long. Écrivez 10 chiffres."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )

    def clean_phone(self) -> str:
        number = normalise_phone(self.cleaned_data["phone"])
        if number is None:
            raise ValidationError(_("Ce numéro n’est pas complet. Écrivez 10 chiffres, par exemple 06 39 98 00 12."))
        if not sms.may_receive(number):
            raise ValidationError(
                _("Nos SMS ne partent que vers des mobiles, dans certains pays. Donnez un numéro en 06 ou 07.")
            )
        return number


class ChannelsForm(Form):
    """One line for each subject: by e-mail, by SMS. What the law wants told is always told by e-mail."""

    def __init__(self, *args: Any, choices: ContactChoices, has_phone: bool, **kwargs: Any) -> None:
        initial = {f"email_{one}": one not in choices.without_email for one in Subject.values}
        initial |= {f"sms_{one}": one in choices.by_sms for one in Subject.values}
        super().__init__(*args, initial=initial, **kwargs)
        self.has_phone = has_phone
        for subject in Subject:
            if subject not in ALWAYS_BY_EMAIL:
                self.fields[f"email_{subject.value}"] = forms.BooleanField(label=_("Par e-mail"), required=False)
            if has_phone:
                self.fields[f"sms_{subject.value}"] = forms.BooleanField(label=_("Par SMS"), required=False)

    def lines(self) -> list[dict[str, Any]]:
        """What the page draws, subject by subject."""
        return [
            {
                "name": subject.label,
                "code": subject.value,
                "by_email": self[f"email_{subject.value}"] if subject not in ALWAYS_BY_EMAIL else None,
                "by_sms": self[f"sms_{subject.value}"] if self.has_phone else None,
            }
            for subject in Subject
        ]

    @property
    def without_email(self) -> list[Subject]:
        return [one for one in Subject if not self.cleaned_data.get(f"email_{one.value}", True)]

    @property
    def by_sms(self) -> list[Subject]:
        return [one for one in Subject if self.cleaned_data.get(f"sms_{one.value}")]


class DiscreetForm(Form):
    """`stop` is another button of the same page."""

    email_is_shared = forms.BooleanField(label=_("Quelqu’un d’autre peut lire mes e-mails"), required=False)
    phone_is_shared = forms.BooleanField(label=_("Quelqu’un d’autre peut lire mes SMS"), required=False)
