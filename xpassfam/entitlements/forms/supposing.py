"""What would be otherwise."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xpassfam.documents.kinds import kind_of
from xpassfam.entitlements.asking import Asked
from xpassfam.entitlements.supposing import Supposed
from xpassfam.people.models import Activity
from xpassfam.rules.criteria import Paper, atoms_of
from xpassfam.rules.visibility import CHILD
from xpassfam.ui.forms import Form, WrittenDateField


class WhatIfForm(Form):
    """Several changes at once, none of them kept: what is left empty stays as it is."""

    naissance = WrittenDateField(label=gettext_lazy("Sa date de naissance"))
    alternee = forms.BooleanField(label=gettext_lazy("Il vivrait aussi chez son autre parent"), required=False)
    part = forms.MultipleChoiceField(
        label=gettext_lazy("Qui ne vivrait plus au foyer ?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    quotient = forms.IntegerField(
        label=gettext_lazy("Quotient familial, en euros"),
        required=False,
        min_value=0,
        max_value=20_000,
        error_messages={
            "invalid": gettext_lazy("Écrivez un nombre entier. Par exemple : 984."),
            "min_value": gettext_lazy("Écrivez un nombre à partir de 0."),
            "max_value": gettext_lazy("Écrivez un nombre jusqu’à 20 000."),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    activite = forms.ChoiceField(label=gettext_lazy("Activité de chaque parent"), required=False)
    document = forms.ChoiceField(label=gettext_lazy("Document"), required=False)
    pour = forms.ChoiceField(label=gettext_lazy("De qui ?"), required=False)

    def __init__(self, typed: QueryDict | None = None, *, asked: Asked) -> None:
        super().__init__(typed, auto_id="f-%s")
        self.asked = asked
        residents = [(one.key, one.name) for one in asked.home.residents_on(asked.day)]
        children = [(one.key, one.name) for one in asked.home.residents_on(asked.day) if one.role == CHILD]
        same = ("", _("Comme aujourd’hui"))
        self._choose("part", residents)
        self._choose("activite", [same, *Activity.Kind.choices])
        self._choose("document", [same, *self._papers()])
        self._choose("pour", [("", _("Choisissez un enfant")), *children])

    def clean_naissance(self) -> datetime.date | None:
        born: datetime.date | None = self.cleaned_data["naissance"]
        if born and not self.asked.day.year - 30 <= born.year <= self.asked.day.year + 1:
            raise ValidationError(_("Écrivez la date de naissance d’un enfant, né ou à naître."))
        return born

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("document") and not cleaned.get("pour"):
            self.add_error("pour", _("Choisissez à qui serait ce document."))
        return cleaned

    def supposed(self) -> Supposed:
        """Of a form that is valid."""
        typed, quotient = self.cleaned_data, self.cleaned_data["quotient"]
        return Supposed(
            born=typed["naissance"],
            is_shared=typed["alternee"],
            child_name=_("Votre enfant"),
            leaving=frozenset(typed["part"]),
            quotient_cents=None if quotient is None else quotient * 100,
            activity=typed["activite"],
            paper=typed["document"],
            holder=typed["pour"],
        )

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = choices

    def _papers(self) -> list[tuple[str, str]]:
        """Kinds that a rule looks at."""
        criteria = [one.right.criterion for one in self.asked.rules.rules]
        kinds = {atom.kind for criterion in criteria for atom in atoms_of(criterion) if isinstance(atom, Paper)}
        return sorted(((kind, kind_of(kind).label) for kind in kinds), key=lambda one: one[1])
