"""What the form of `/admin/` asks beyond the row itself: files."""

from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from xpassfam.organisation import logos
from xpassfam.organisation.brand import OUR_ACCENTS, OUR_BRAND
from xpassfam.organisation.logos import Logo
from xpassfam.organisation.models import Organisation

ACCEPTED = "image/png,image/jpeg,image/webp"


class TextField(forms.CharField):
    """Several lines. Browsers end each with two signs, our files with one: only a changed word is a change."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return "\n".join(text.splitlines()) if isinstance(text, str) else text


class ColourInput(forms.TextInput):
    """A colour as charters write it, « #0f5c56 », and the browser's own palette beside it."""

    template_name = "organisation/colour_input.html"

    def __init__(self, *, ours: str) -> None:
        """`ours`: what the palette shows while nothing is typed, as the portal does."""
        super().__init__()
        self.ours = ours

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, value, attrs) | {"ours": self.ours, "text": forms.TextInput.template_name}

    class Media:
        js = (forms.Script("organisation/colours.js", type="module"),)


class LogoField(forms.FileField):
    """Cleans to a logo that was drawn anew, or to None where no file was chosen."""

    widget = forms.FileInput(attrs={"accept": ACCEPTED})

    def clean(self, data: UploadedFile | None, initial: Any = None) -> Logo | None:
        file = super().clean(data, initial)
        return logos.read(file, size=file.size) if file else None


class OrganisationForm(forms.ModelForm):
    logo_file = LogoField(
        label=_("Logo"),
        required=False,
        help_text=_("PNG, JPEG ou WebP, 2 Mo et 4 000 pixels au plus. Un fond transparent, sans marge, va partout."),
    )
    dark_logo_file = LogoField(
        label=_("Logo pour l’affichage sombre"),
        required=False,
        help_text=_("Facultatif : sans lui, le logo est posé sur un fond blanc."),
    )
    without_logo = forms.BooleanField(label=_("Retirer le logo"), required=False)
    without_dark_logo = forms.BooleanField(label=_("Retirer le logo sombre"), required=False)

    class Meta:
        model = Organisation
        fields = ("logo_text",)  # the admin adds those that it shows
        widgets: ClassVar = {
            "brand_colour": ColourInput(ours=OUR_BRAND),
            "accent_colour": ColourInput(ours=OUR_ACCENTS[0]),
            "second_accent_colour": ColourInput(ours=OUR_ACCENTS[1]),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        has_light = data.get("logo_file") or (self.instance.logo and not data.get("without_logo"))
        if data.get("dark_logo_file") and not has_light:
            self.add_error("dark_logo_file", _("Donnez aussi le logo de l’affichage clair."))
        return data

    def logos(self) -> dict[str, Logo | None]:
        """What changes, by field of the row; without its light one, a dark logo goes too."""
        changed: dict[str, Logo | None] = {}
        for field in ("logo", "dark_logo"):
            if self.cleaned_data[f"{field}_file"]:
                changed[field] = self.cleaned_data[f"{field}_file"]
            elif self.cleaned_data[f"without_{field}"]:
                changed[field] = None
        return {"logo": None, "dark_logo": None} if changed.get("logo", 1) is None else changed
