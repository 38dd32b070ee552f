"""What an administrator gives: the text of a definition, pasted or in a file; its lines where it is to be mended."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from xpassfam.ui.forms import Form

MOST_BYTES = 200_000  # as `definitions.yaml_text` reads


class TextForm(Form):
    """`auto_id` of its own: the pages previewed beside it have questions of any name."""

    file = forms.FileField(
        label=_("Fichier YAML"),
        required=False,
        help_text=_("200 ko au plus. Il remplace le texte ci-dessous."),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.txt"}),
    )
    text = forms.CharField(
        label=_("Texte de la définition"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "class": "code"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="definition_%s", **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if file := data.get("file"):
            data["text"] = self._read(file)
        if not data.get("text", "").strip() and not self.errors:
            self.add_error("text", _("Collez le texte d’une définition, ou choisissez un fichier."))
        data["text"] = data.get("text", "").replace("\r\n", "\n")
        return data

    def _read(self, file: Any) -> str:
        if file.size > MOST_BYTES:
            self.add_error("file", ValidationError(_("Ce fichier est trop lourd : 200 ko au plus.")))
            return ""
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            self.add_error("file", ValidationError(_("Ce fichier n’est pas du texte en UTF-8.")))
            return ""


def lines_near(text: str, numbers: Iterable[int]) -> list[tuple[int, str]]:
    """These lines and their neighbours, with their numbers."""
    near = {number + more for number in numbers for more in (-1, 0, 1)}
    return [(number, line) for number, line in enumerate(text.splitlines(), 1) if number in near]
