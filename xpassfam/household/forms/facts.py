"""A fact of a person, one to a page."""

import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xpassfam.accounts.forms.signing_up import EmailField
from xpassfam.household.fields import Field, readable
from xpassfam.rules.field_policy import Whose
from xpassfam.rules.phones import normalise_phone, typed_phone
from xpassfam.ui.forms import DateField, Form

OLDEST = 130
BETWEEN_LETTERS = frozenset(" .,'")


class NameField(forms.CharField):
    """A name as people write it: any letter, apostrophes, hyphens and spaces; the capitals are theirs."""

    default_error_messages = {
        "shape": gettext_lazy("Écrivez-le avec des lettres. Les traits d’union, espaces et apostrophes vont aussi.")
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=120, widget=forms.TextInput(attrs={"spellcheck": "false"}), **kwargs)

    def to_python(self, value: Any) -> str:
        return " ".join((super().to_python(value) or "").split())

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not _is_name(value):
            raise ValidationError(self.error_messages["shape"], code="shape")


class PhoneField(forms.CharField):
    """A number as people write it, brought to one form."""

    widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"})
    default_error_messages = {
        "shape": gettext_lazy("Ce numéro n’est pas complet. Par exemple : 06 39 98 00 13, ou +32 470 12 34 56.")
    }

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        number = normalise_phone(typed) if typed else ""
        if number is None:
            raise ValidationError(self.error_messages["shape"], code="shape")
        return number


class BirthDateField(DateField):
    default_error_messages = {
        "future": gettext_lazy("Cette date n’est pas encore arrivée. Vérifiez l’année."),
        "old": gettext_lazy("Cette date est très ancienne. Vérifiez l’année."),
    }

    def __init__(self, *, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(**kwargs)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and value > self.today:
            raise self._refusal("future")
        if value and value.year < self.today.year - OLDEST:
            raise self._refusal("old")


class FactForm(Form):
    """The one field of a page. `texts` is what its action takes."""

    def __init__(self, data: Any = None, *, field: Field, known: Mapping[str, str], is_required: bool, today: date):
        # An empty name, or a day nobody is born on, is no fact: what must be there must stay there.
        needed = is_required or field.name in ("last_name", "first_names")
        self.fact = field
        super().__init__(data, initial={field.name: _as_typed(field, known)})
        self.fields[field.name] = _form_field(field, needed, today)

    def texts(self) -> dict[str, str]:
        value = self.cleaned_data[self.fact.name]
        return {self.fact.name: value.isoformat() if isinstance(value, date) else value or ""}


def _is_name(text: str) -> bool:
    """Letters of any alphabet with their marks, and what stands between them: any dash, a curved apostrophe."""
    kinds = [unicodedata.category(c) for c in text if c not in BETWEEN_LETTERS]
    letters = [kind for kind in kinds if kind not in ("Pd", "Pf")]
    return any(kind[0] == "L" for kind in letters) and all(kind[0] in "LM" for kind in letters)


def _form_field(field: Field, needed: bool, today: date) -> forms.Field:
    label = str(field.label)
    if field.name == "birth_date":
        token = "" if field.whose is Whose.CHILD else "bday"
        return BirthDateField(label=label, required=needed, today=today, autocomplete=token)
    if field.name == "email":
        return EmailField(label=label, required=needed, max_length=254)
    missing = {"required": _("Il manque une réponse : {label}").format(label=label)}
    if field.name == "phone":
        hint = _("Par exemple : 06 39 98 00 13")
        return PhoneField(label=label, required=needed, max_length=40, help_text=hint, error_messages=missing)
    hint = _("Tous les prénoms, séparés par des virgules.") if field.name == "first_names" else ""
    return NameField(label=label, required=needed, help_text=hint, error_messages=missing)


def _as_typed(field: Field, known: Mapping[str, str]) -> Any:
    if field.name == "birth_date":
        return date.fromisoformat(known["birth_date"]) if known["birth_date"] else None
    if field.name == "phone":
        return typed_phone(known["phone"])
    return readable(field, known)
