"""What a family sends, and what it says besides."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xpassfam.documents.uploads import Uploads, UploadsField
from xpassfam.ui.forms import Form

LONGEST_MESSAGE = 4000


class SendForm(Form):
    honour = forms.BooleanField(
        label=_("Ces réponses sont exactes à ma connaissance. Si je me trompe, je pourrai corriger."),
        error_messages={"required": _("Cochez la case si vos réponses sont exactes, puis envoyez.")},
    )


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
