"""What an administrator gives: files, and the meaning of headers that nobody knew."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from xpassfam.register.columns import IGNORED, LABELS
from xpassfam.register.sheets import MARKS, is_workbook
from xpassfam.register.waiting import MOST_MEGABYTES
from xpassfam.ui.forms import FilesField, Form

MOST_FILES = 20
_LOOKED_AT = 4096
_PDF = b"%PDF-"  # whose beginning may well be all text


class RegisterField(FilesField):
    """Each is judged by what it holds, not by its name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(most=MOST_FILES, accept=".csv,.txt,.tsv,.xlsx,.xls,.ods", **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = super().clean(data, initial)
        if sum(file.size or 0 for file in files) > MOST_MEGABYTES * 1024 * 1024:
            message = _("Ces fichiers dépassent {most} Mo. Importez-les en plusieurs fois.")
            raise ValidationError(message.format(most=MOST_MEGABYTES))
        for file in files:
            if not _is_table(file):
                message = _("{file} n’est ni un CSV ni un classeur. Exportez-le en CSV ou en XLSX.")
                raise ValidationError(message.format(file=file.name))
        return files


def _is_table(file: UploadedFile) -> bool:
    head = file.read(_LOOKED_AT)
    file.seek(0)
    if head.startswith(_PDF):
        return False
    is_utf16 = head.startswith((b"\xff\xfe", b"\xfe\xff")) or head.count(b"\x00") > len(head) // 3
    return is_workbook(head[: max(map(len, MARKS))]) or is_utf16 or b"\x00" not in head


class ImportForm(Form):
    brought = RegisterField(
        label=_("Fichiers du registre"),
        help_text=_("CSV ou classeur (XLSX, XLS, ODS), un ou plusieurs. 256 Mo au plus en tout."),
        error_messages={
            "required": _("Choisissez au moins un fichier."),
            "empty": _("Ce fichier est vide. Choisissez-en un autre."),
        },
    )
    is_complete = forms.BooleanField(
        label=_("Ces fichiers contiennent tout le registre"),
        help_text=_("Les foyers et les personnes absents de ces fichiers seront fermés, jamais effacés."),
        required=False,
    )


class ConfirmForm(Form):
    is_confirmed = forms.BooleanField(
        error_messages={"required": _("Cochez la case si c’est bien ce que vous voulez.")}
    )

    def __init__(self, *args: Any, closed: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_confirmed"].label = closed


class ColumnsForm(Form):
    """A choice for each header; what is left open stays unknown."""

    def __init__(self, *args: Any, headers: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("?", _("Choisissez…")), ("-", _("Laisser cette colonne de côté")), *LABELS.items()]
        self.headers = list(headers)
        for number, header in enumerate(self.headers):
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=header, choices=choices, initial="?", required=False
            )

    def meanings(self) -> dict[str, str]:
        chosen = {header: self.cleaned_data[f"column_{number}"] for number, header in enumerate(self.headers)}
        return {header: IGNORED if name == "-" else name for header, name in chosen.items() if name not in ("?", "")}
