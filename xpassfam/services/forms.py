"""What `/admin/` asks beyond the row itself: the PDF of a useful file."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from xpassfam.services.models import UsefulFile
from xpassfam.vault import turns, words
from xpassfam.vault.actions import Refused, receive
from xpassfam.vault.models import File


class Received:
    """What came with a form: judged and locked before any transaction, then taken by a row, or let go by the sweep.

    `refusal` says why it was not taken.
    """

    def __init__(self, upload: UploadedFile | None, *, at: Any) -> None:
        self.file: File | None = None
        self.refusal = ""
        if upload is None:
            return
        name = upload.name or ""
        try:
            self.file = receive(upload.chunks(), name=name, at=at)
        except Refused as refused:
            self.refusal = words.refusal(refused.code, name=name)
        except turns.Busy:
            self.refusal = words.refusal("busy", name=name)


class UsefulFileForm(forms.ModelForm):
    upload = forms.FileField(
        label=_("Fichier PDF"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
        help_text=_("10 Mo au plus. Un autre fichier prend la place du premier."),
    )
    received: Received | None = None

    class Meta:
        model = UsefulFile
        fields = ("label", "note", "category", "opens_on", "closes_on", "position", "is_published")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        received = self.received
        if received and received.refusal:
            self.add_error("upload", received.refusal)
        elif received and received.file and received.file.media_type != File.MediaType.PDF:
            self.add_error("upload", _("Choisissez un PDF : il s’ouvre partout, et se lit à voix haute."))
        elif not self.instance.file_id and not (received and received.file):
            self.add_error("upload", _("Choisissez le fichier PDF."))
        return cleaned
