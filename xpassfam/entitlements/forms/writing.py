"""A text, its words and amounts alone, a case, a closing, the day of a simulation."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xpassfam.definitions.trees import Tree
from xpassfam.definitions.yaml_text import Path
from xpassfam.entitlements.editing import changed, in_step, places_of, value_at
from xpassfam.entitlements.language import Case
from xpassfam.entitlements.language.model import CaseChild
from xpassfam.entitlements.wording.cases import ANSWERS
from xpassfam.people.models import Activity
from xpassfam.ui.forms import ComingDateField, DateField, Form
from xpassfam.ui.writing import TextForm

MOST = 1_000_000
MOST_CHILDREN = 15
YEARS_AWAY = 10


class ReasonForm(Form):
    reason = forms.CharField(
        label=_("Pourquoi"),
        max_length=300,
        help_text=_("Un vote, un texte, une erreur. La personne qui relit le lira."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class RuleTextForm(TextForm):
    reason = forms.CharField(
        label=_("Pourquoi ce changement"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class PartsForm(ReasonForm):
    """Words and numbers of a rule's tree, and from which day they apply: one that has begun is never taken over
    unsaid, or the answers of days that are past would change."""

    since = DateField(label=_("À partir du"))

    def __init__(self, tree: Tree, *args: Any, **kwargs: Any) -> None:
        self.tree, self.places = tree, places_of(tree)
        since = date.fromisoformat(tree["since"])
        super().__init__(*args, initial={"since": since} if since > timezone.localdate() else {}, **kwargs)
        for place in self.places:
            self.fields[place.name] = _field(place.label, place.most, value_at(tree, place.path))
        self.order_fields([*(place.name for place in self.places), "since", "reason"])

    def numbers(self) -> list[Any]:
        return [self[place.name] for place in self.places if not place.most]

    def texts(self) -> list[Any]:
        return [self[place.name] for place in self.places if place.most]

    def new_tree(self) -> Tree:
        given: dict[Path, Any] = {place.path: self.cleaned_data[place.name] for place in self.places}
        since = self.cleaned_data["since"].isoformat()
        return in_step(changed(self.tree, {**given, ("since",): since}))


class CaseForm(Form):
    """A made-up family, in a few fields: what is rarer is written in the text."""

    name = forms.CharField(label=_("Nom du cas"), max_length=120, help_text=_("Par exemple : 18 ans le 31 décembre."))
    on = DateField(label=_("À la date du"))
    births = forms.CharField(
        label=_("Naissance des enfants"),
        required=False,
        help_text=_("Une date par ligne. Par exemple : 18/06/2017."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    adults = forms.IntegerField(label=_("Nombre d’adultes"), min_value=0, max_value=10, initial=2)
    activity = forms.ChoiceField(
        label=_("Activité de chaque adulte"), required=False, choices=[("", _("Inconnue")), *Activity.Kind.choices]
    )
    quotient = forms.IntegerField(
        label=_("Quotient familial, en euros"),
        required=False,
        min_value=0,
        max_value=MOST,
        help_text=_("Vide : inconnu."),
    )
    answer = forms.ChoiceField(label=_("Réponse attendue"), choices=list(ANSWERS.items()), widget=forms.RadioSelect)
    amount = forms.IntegerField(
        label=_("Montant attendu, en euros ou en %"), required=False, min_value=0, max_value=MOST
    )

    def clean_births(self) -> list[str]:
        read = DateField()
        lines = [line.strip() for line in self.cleaned_data["births"].splitlines() if line.strip()]
        if len(lines) > MOST_CHILDREN:
            raise ValidationError(_("Écrivez 15 enfants au plus."))
        return [read.clean([line, "", ""]).isoformat() for line in lines]

    def case(self) -> Case:
        data: Mapping[str, Any] = self.cleaned_data
        return Case(
            name=data["name"],
            on=data["on"].isoformat(),
            answer=data["answer"],
            children=tuple(CaseChild(born) for born in data["births"]),
            adults=data["adults"],
            activity=data["activity"],
            quotient=data["quotient"],
            amount=data["amount"],
        )


class ClosingForm(ReasonForm):
    since = ComingDateField(label=_("Fermé à partir du"))

    field_order = ("since", "reason")


class SimulationForm(Form):
    """A day around today: nothing is known of one that is far away."""

    day = DateField(label=_("À la date du"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if abs(day - self.today) > timedelta(days=366 * YEARS_AWAY):
            raise ValidationError(_("Choisissez une date à moins de 10 ans d’aujourd’hui."))
        return day


def _field(label: str, most: int, known: Any) -> forms.Field:
    if not most:
        return forms.IntegerField(label=label, min_value=0, max_value=MOST, initial=known)
    widget = forms.TextInput() if most <= 80 else forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, max_length=most, initial=known, widget=widget)
