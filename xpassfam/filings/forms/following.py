"""What a family sends, and what it says besides."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xpassfam.documents.uploads import Uploads, UploadsField
from xpassfam.filings.models import Agreement
from xpassfam.ui.forms import Form

LONGEST_MESSAGE = 4000


class SendForm(Form):
    honour = forms.BooleanField(
        label=_("Ces réponses sont exactes à ma connaissance. Si je me trompe, je pourrai corriger."),
        error_messages={"required": _("Cochez la case si vos réponses sont exactes, puis envoyez.")},
    )


class AgreementForm(Form):
    """What the other parent answers. `version` and `proposed` are what the page showed: an answer is to that."""

    answer = forms.ChoiceField(
        label=_("Votre réponse"),
        widget=forms.RadioSelect,
        choices=Agreement.Answer.choices,
        error_messages={"required": _("Choisissez une réponse.")},
    )
    sharing = forms.ChoiceField(
        label=_("L’autre partage que vous proposez : les aides vont"),
        required=False,
        widget=forms.RadioSelect,
        choices=Agreement.Sharing.choices,
        help_text=_("Seulement si vous proposez un autre partage."),
    )
    words = forms.CharField(
        label=_("Un mot pour nous"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("L’autre parent ne le lit pas. Vous n’avez pas à dire pourquoi."),
        error_messages={"max_length": _("Ce mot est trop long : 1 000 caractères au plus.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    proposed = forms.ChoiceField(widget=forms.HiddenInput, choices=Agreement.Sharing.choices)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("answer") == Agreement.Answer.PROPOSED and not said.get("sharing"):
            self.add_error("sharing", _("Choisissez le partage que vous proposez."))
        return said


class MessageForm(Form):
    text = forms.CharField(
        label=_("Votre message"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_MESSAGE,
        error_messages={
            "required": _("Écrivez votre message."),
            "max_length": _("Ce message est trop long. Coupez-le en deux, ou joignez un fichier."),
        },
    )

    def __init__(self, *args: Any, uploads: Uploads, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"] = UploadsField(uploads, label=_("Joindre un fichier"), required=False)
