"""The files of a form: those that came with it are received at once, and are there when it comes back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from xpassfam.support.actions import holding_files
from xpassfam.support.form_keys import Key
from xpassfam.support.models import HeldFile
from xpassfam.ui.words import soon
from xpassfam.vault import words
from xpassfam.vault.actions import Refused

NAME = "files"
REMOVAL = "files-retrait"


@dataclass
class Uploads:
    """`kept` are there for good, in their order; `problems` say why others are not."""

    kept: list[HeldFile] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, request: HttpRequest, key: Key, *, address: str, at: datetime) -> "Uploads":
        uploads = cls(holding_files.held(key.value))
        for one in [one for one in uploads.kept if one.public_id in request.POST.getlist(REMOVAL)]:
            holding_files.drop(one)
            uploads.kept.remove(one)
        for file in request.FILES.getlist(NAME):
            uploads._receive(file, key, address=address, at=at)
        return uploads

    @property
    def public_ids(self) -> Sequence[str]:
        return [one.public_id for one in self.kept]

    def _receive(self, file: UploadedFile, key: Key, *, address: str, at: datetime) -> None:
        name = file.name or ""
        try:
            one = holding_files.receive(file.chunks(), name=name, form_key=key.value, address=address, at=at)
        except Refused as refused:
            self.problems.append(words.refusal(refused.code, name=name))
        except holding_files.TooMany:
            told = _("« {name} » n’a pas été ajouté : {most} fichiers suffisent. Retirez-en un d’abord.")
            self.problems.append(told.format(name=words.shown(name), most=holding_files.MOST_FILES))
        except holding_files.TooManyNow as refusal:
            told = _(
                "« {name} » n’a pas été ajouté : beaucoup de fichiers viennent de votre réseau. Réessayez {moment}."
            )
            self.problems.append(told.format(name=words.shown(name), moment=soon(refusal.until)))
        else:
            if one.pk not in [known.pk for known in self.kept]:
                self.kept.append(one)


class UploadsInput(forms.FileInput):
    """The files that are there, each with its box to take it back; then the browser's own way to choose others."""

    template_name = "support/files.html"
    allow_multiple_selected = True
    uploads: Uploads

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        kept = [(one, words.sort(one.file)) for one in self.uploads.kept]
        return context | {"kept": kept, "removal_name": REMOVAL, "accepted": words.ACCEPTED}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return self.uploads.kept


class UploadsField(forms.Field):
    widget = UploadsInput

    def __init__(self, uploads: Uploads, **kwargs: Any) -> None:
        super().__init__(required=False, help_text=kwargs.pop("help_text", words.LIMITS), **kwargs)
        self.widget.uploads = self.uploads = uploads

    def clean(self, value: Any) -> Sequence[str]:
        if self.uploads.problems:
            raise ValidationError(self.uploads.problems)
        return self.uploads.public_ids
