"""The table of what families see and change, as an administrator fills it in."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xpassfam.household.fields import FIELDS, Field
from xpassfam.household.models.policy import LEAST_MONTHS, MOST_MONTHS, USUAL_MONTHS
from xpassfam.household.policy import Policy
from xpassfam.rules.field_policy import Audience, Mode, Rule, Whose, modes_offered

AUDIENCES = {
    Audience.HOLDER: _("Titulaire"),
    Audience.PARTNER: _("Partenaire"),
    Audience.OTHER_ADULT: _("Autre adulte"),
}
MODES = {
    Mode.HIDDEN: _("Masqué"),
    Mode.SHOWN: _("Affiché"),
    Mode.AT_ONCE: _("Modifiable tout de suite"),
    Mode.APPROVAL: _("Modifiable avec accord"),
}
GROUPS = {Whose.SELF: _("Soi-même"), Whose.HOME: _("Le foyer"), Whose.CHILD: _("Les enfants mineurs")}
BY_MONTHS, BY_SEPTEMBER = "months", "september"
REQUIRED = _("obligatoire")
Cell = tuple[str | Promise, BoundField, BoundField]


class PolicyForm(forms.Form):
    """`mode-<field>-<audience>` and `required-<field>-<audience>`; then how long a confirmation holds."""

    validity = forms.ChoiceField(
        label=_("« Tout est exact » reste valable"),
        choices=[(BY_MONTHS, _("un nombre de mois")), (BY_SEPTEMBER, _("jusqu’au 1er septembre"))],
    )
    months = forms.IntegerField(
        label=_("Nombre de mois"),
        min_value=LEAST_MONTHS,
        max_value=MOST_MONTHS,
        help_text=_("De 3 à 36. Ne compte pas si la date est le 1er septembre."),
    )

    def __init__(self, data: Any = None, *, policy: Policy) -> None:
        super().__init__(data)
        self.initial = {
            "validity": BY_MONTHS if policy.months else BY_SEPTEMBER,
            "months": policy.months or USUAL_MONTHS,
        }
        for field in FIELDS.values():
            for audience in Audience:
                self._add(field, audience, policy.rule(field.code, audience))

    def _add(self, field: Field, audience: Audience, rule: Rule) -> None:
        modes = modes_offered(field.fact, audience)
        named = f"{field.label}, {AUDIENCES[audience]}"
        self.fields[f"mode-{field.code}-{audience}"] = forms.ChoiceField(
            label=named, choices=[(mode.value, MODES[mode]) for mode in modes], initial=rule.mode.value
        )
        self.fields[f"required-{field.code}-{audience}"] = forms.BooleanField(
            label=f"{named}, {REQUIRED}", required=False, initial=rule.is_required
        )

    def groups(self) -> list[tuple[str | Promise, list[tuple[Field, list[Cell]]]]]:
        """As the table shows them: whose data, each field, each audience."""
        return [
            (title, [(field, self._cells(field)) for field in FIELDS.values() if field.whose is whose])
            for whose, title in GROUPS.items()
        ]

    def _cells(self, field: Field) -> list[Cell]:
        return [
            (label, self[f"mode-{field.code}-{audience}"], self[f"required-{field.code}-{audience}"])
            for audience, label in AUDIENCES.items()
        ]

    def clean(self) -> None:
        for code in FIELDS:
            for audience in Audience:
                self._refuse_asking_for_what_is_hidden(f"{code}-{audience}")

    def _refuse_asking_for_what_is_hidden(self, cell: str) -> None:
        if self.cleaned_data.get(f"mode-{cell}") == Mode.HIDDEN and self.cleaned_data.get(f"required-{cell}"):
            words = _("Une information masquée ne peut pas être obligatoire. Affichez-la ou décochez « Obligatoire ».")
            self.add_error(f"mode-{cell}", words)

    def rules(self) -> dict[tuple[str, Audience], Rule]:
        data = self.cleaned_data
        return {
            (code, audience): Rule(Mode(data[f"mode-{code}-{audience}"]), data[f"required-{code}-{audience}"])
            for code in FIELDS
            for audience in Audience
        }

    def chosen_months(self) -> int | None:
        return self.cleaned_data["months"] if self.cleaned_data["validity"] == BY_MONTHS else None
