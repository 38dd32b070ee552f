"""The words of a mail, as an administrator types them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xpassfam.filings.mails import words
from xpassfam.filings.mails.events import MailEvent
from xpassfam.organisation.models import current
from xpassfam.ui.forms import Form


class MailTextForm(Form):
    subject = forms.CharField(label=_("Objet"), max_length=120, error_messages={"required": _("Écrivez un objet.")})
    body = forms.CharField(
        label=_("Texte"),
        max_length=3000,
        error_messages={"required": _("Écrivez un texte.")},
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=_("Une ligne vide commence un autre paragraphe."),
    )

    def __init__(self, data: Any = None, *, event: MailEvent, initial: dict[str, str]) -> None:
        super().__init__(data, initial=initial)
        self.event = event
        for name in ("subject", "body"):
            self.fields[name].widget.attrs["class"] = "vLargeTextField"

    def clean_subject(self) -> str:
        return self._checked("subject")

    def clean_body(self) -> str:
        return self._checked("body")

    def _checked(self, name: str) -> str:
        text = str(self.cleaned_data[name])
        words.check(text, gaps=self.event.gaps, profile=current().legal_profile)
        return text
