"""The part of a form that takes files: each is received at once, so that an error elsewhere loses none.

A view reads it before its form, which holds it as a field:

    uploads = Uploads.read(request, "files", at=now)
    form = SomeForm(request.POST, uploads=uploads)          # self.fields["files"] = UploadsField(uploads, label=…)
    if request.method == "POST" and form.is_valid():
        act(uploads=form.cleaned_data["files"], …)

The form's tag has `enctype="multipart/form-data"`; the page adds `documents/upload.js` for progress.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xpassfam.documents.actions import uploading
from xpassfam.documents.actions.giving import MOST_FILES
from xpassfam.documents.models import PendingUpload
from xpassfam.people.access import ActingAccess, FamilyRequest
from xpassfam.rules.identifiers import is_public_id
from xpassfam.ui.words import soon
from xpassfam.vault import words
from xpassfam.vault.actions import Refused


@dataclass
class Uploads:
    """`kept` are there for good, in their order; `problems` say why others are not."""

    name: str
    kept: list[PendingUpload] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, request: FamilyRequest, name: str, *, at: datetime) -> "Uploads":
        """Those that the form names, less those it takes back, and those that came with it."""
        typed = getattr(request, "stale_post", None) or request.POST
        wanted = typed.getlist(name)
        known = {one.public_id: one for one in mine(request.access, wanted)}
        uploads = cls(name, kept=[known[public_id] for public_id in dict.fromkeys(wanted) if public_id in known])
        uploads._take_back(request.POST.getlist(removal_name(name)))
        uploads._leave_infected()
        for file in request.FILES.getlist(name):
            uploads._receive(file, access=request.access, at=at)
        if uploads.problems and uploads.kept:
            uploads.problems[-1] += " " + _("Vos autres fichiers sont bien là.")
        return uploads

    def _take_back(self, public_ids: Sequence[str]) -> None:
        for upload in [one for one in self.kept if one.public_id in public_ids]:
            uploading.drop(upload)
            self.kept.remove(upload)

    def _leave_infected(self) -> None:
        """What the virus scanner destroyed since it was sent."""
        for upload in [one for one in self.kept if one.file.is_infected]:
            uploading.drop(upload)
            self.kept.remove(upload)
            self.problems.append(words.refusal("infected", name=upload.file.name))

    def _receive(self, file: UploadedFile, *, access: ActingAccess, at: datetime) -> None:
        if len(self.kept) >= MOST_FILES:
            self.problems.append(too_many(file.name or ""))
            return
        upload, problem = receive(file, access=access, at=at)
        if problem:
            self.problems.append(problem)
        if upload:
            self.kept.append(upload)


def receive(file: UploadedFile, *, access: ActingAccess, at: datetime) -> tuple[PendingUpload | None, str]:
    """Keep one file; else say why not, in the words of the page."""
    name = file.name or ""
    try:
        return uploading.keep(file.chunks(), name=name, access=access, at=at), ""
    except Refused as refused:
        return None, words.refusal(refused.code, name=name)
    except uploading.TooMany:
        return None, too_many(name)
    except uploading.TooManyToday as refusal:
        told = _("« {name} » n’a pas été ajouté : votre foyer a envoyé beaucoup de fichiers. Réessayez {moment}.")
        return None, told.format(name=words.shown(name), moment=soon(refusal.until))


def too_many(name: str) -> str:
    message = _(
        "« {name} » n’a pas été ajouté : {most} fichiers suffisent. Retirez-en un, ou réunissez les pages en PDF."
    )
    return message.format(name=name, most=MOST_FILES)


def mine(access: ActingAccess, public_ids: Sequence[str]) -> Sequence[PendingUpload]:
    named = [public_id for public_id in public_ids[: 2 * MOST_FILES] if is_public_id(public_id)]
    found = PendingUpload.objects.visible_to(access).filter(public_id__in=named)
    return list(found.select_related("file"))


def removal_name(name: str) -> str:
    return f"{name}-retrait"


class UploadsInput(forms.Widget):
    """The files that are there, each with its box to take it back; then the browser's own way to choose others."""

    template_name = "documents/upload.html"
    needs_multipart_form = True
    uploads: Uploads

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context |= {
            "kept": [(upload, words.sort(upload.file)) for upload in self.uploads.kept],
            "removal_name": removal_name(name),
            "accepted": words.ACCEPTED,
            "send_url": reverse("documents:send"),
            "most": MOST_FILES,
            "too_many": too_many("{name}"),
        }
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[PendingUpload]:
        return self.uploads.kept

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False


class UploadsField(forms.Field):
    """Cleaned, it is the list of what is kept; each file that is not has its own error."""

    widget = UploadsInput
    default_error_messages = {"required": gettext_lazy("Ajoutez au moins un fichier.")}

    def __init__(self, uploads: Uploads, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", words.LIMITS)
        super().__init__(**kwargs)
        self.widget.uploads = self.uploads = uploads

    def clean(self, value: Any) -> list[PendingUpload]:
        if self.uploads.problems:
            raise ValidationError(self.uploads.problems)
        if self.required and not self.uploads.kept:
            raise ValidationError(self.error_messages["required"], code="required")
        return self.uploads.kept
