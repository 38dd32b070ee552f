"""What people type about certificates."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xpassfam.certificates import wordings
from xpassfam.certificates.kinds import Kind, issued
from xpassfam.certificates.models import Signature
from xpassfam.certificates.shown import variant_label
from xpassfam.organisation import logos
from xpassfam.people.models import Person
from xpassfam.rules.certificates import normalise_typed_code
from xpassfam.ui.forms import Form

WIDEST_MM, HIGHEST_MM = 50, 16


class AskForm(Form):
    """Which of a kind: with or without the amount, which year."""

    variant = forms.ChoiceField(
        label=gettext_lazy("Laquelle voulez-vous ?"),
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choisissez une des attestations proposées.")},
    )

    def __init__(self, data: Any = None, *, variants: Iterable[str], **more: Any) -> None:
        super().__init__(data, **more)
        choices = [(one, variant_label(one) or _("Avec le montant")) for one in variants]
        self.fields["variant"].widget.choices = self.fields["variant"].choices = choices  # type: ignore[attr-defined]
        self.initial.setdefault("variant", choices[0][0])

    def clean_variant(self) -> str:
        """Nothing chosen is a choice where one of them is written so."""
        chosen = str(self.cleaned_data["variant"])
        if chosen not in dict(self.fields["variant"].choices):  # type: ignore[attr-defined]
            raise ValidationError(_("Choisissez une des attestations proposées."))
        return chosen


class VerifyForm(Form):
    code = forms.CharField(
        label=gettext_lazy("Code du document"),
        max_length=100,
        error_messages={
            "required": gettext_lazy("Recopiez le code du document. Par exemple : 7K3Q-M2T9-XF4H"),
            "max_length": gettext_lazy("C’est trop long. Le code a 12 signes : par exemple, 7K3Q-M2T9-XF4H"),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        code = normalise_typed_code(self.cleaned_data["code"])
        if code is None:
            raise ValidationError(
                _(
                    "Il y a une erreur dans ce code. Recopiez ses 12 signes, lettres et chiffres : ni O, ni I, "
                    "ni L, ni zéro, ni un."
                )
            )
        return code


class FileForm(Form):
    file = forms.FileField(
        label=gettext_lazy("Le fichier PDF"),
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
        error_messages={
            "required": gettext_lazy("Choisissez le fichier PDF que vous avez reçu."),
            "empty": gettext_lazy("Ce fichier est vide. Choisissez celui que vous avez reçu."),
        },
    )


class GiveForm(Form):
    """An agent gives one to somebody of the home."""

    given_to = forms.ChoiceField(
        label=gettext_lazy("Pour qui"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choisissez la personne."),
            "invalid_choice": gettext_lazy("Choisissez une des personnes proposées."),
        },
    )
    what = forms.ChoiceField(
        label=gettext_lazy("Quelle attestation"),
        error_messages={"invalid_choice": gettext_lazy("Choisissez une des attestations proposées.")},
    )

    def __init__(
        self, data: Any = None, *, persons: Iterable[Person], variants: Mapping[str, list[str]], **more: Any
    ) -> None:
        super().__init__(data, **more)
        people = [(one.public_id, str(one)) for one in persons]
        what = [(f"{kind.code}:{one}", _label(kind, one)) for kind in issued() for one in variants[kind.code]]
        for name, choices in (("given_to", people), ("what", what)):
            self.fields[name].choices = self.fields[name].widget.choices = choices  # type: ignore[attr-defined]


class RevokeForm(Form):
    reason = forms.CharField(
        label=gettext_lazy("Pourquoi la retirer"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("La famille lit ces mots, dans son compte et par e-mail."),
        error_messages={
            "required": gettext_lazy("Écrivez la raison. Par exemple : le foyer a été mal enregistré."),
            "max_length": gettext_lazy("Restez sous 500 caractères."),
        },
    )


class WordingForm(Form):
    """The words around the facts, as an administrator types them."""

    title = forms.CharField(label=gettext_lazy("Titre"), max_length=120)
    introduction = forms.CharField(
        label=gettext_lazy("Introduction"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    introduction_own = forms.CharField(
        label=gettext_lazy("Introduction, pour une personne seule"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Quand l’attestation ne parle que de qui la demande."),
    )
    closing = forms.CharField(
        label=gettext_lazy("Fin"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, data: Any = None, *, kind: Kind, **more: Any) -> None:
        super().__init__(data, **more)
        if not kind.has_own:
            del self.fields["introduction_own"]
        for field in self.fields.values():
            field.widget.attrs["class"] = "vLargeTextField"
            field.validators.append(wordings.check)
            field.error_messages["required"] = _("Écrivez un texte.")


class SignatureForm(forms.ModelForm):
    picture_file = forms.FileField(
        label=gettext_lazy("Signature scannée"),
        required=False,
        help_text=gettext_lazy("Facultatif. PNG, JPEG ou WebP, sur fond blanc ou transparent."),
    )
    without_picture = forms.BooleanField(label=gettext_lazy("Retirer la signature scannée"), required=False)

    class Meta:
        model = Signature
        fields = ("name", "function", "place")

    def clean_picture_file(self) -> "logos.Logo | None":
        file = self.cleaned_data["picture_file"]
        return logos.read(file, size=file.size) if file else None


def _label(kind: Kind, variant: str) -> str:
    which = variant_label(variant)
    return f"{kind.label}, {which.lower()}" if which else kind.label
