"""A family gives a document."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from xpassfam.documents.kinds import About, Kind
from xpassfam.documents.uploads import Uploads, UploadsField
from xpassfam.people.models import Person
from xpassfam.rules.documents import Lasting
from xpassfam.ui.forms import DateField, Form

HOME = "foyer"
DATED = {Lasting.MONTHS, Lasting.UNTIL_DAY}
OLDEST = date(1900, 1, 1)


class GiveForm(Form):
    """Asks what the kind needs: whom it is about, the day it bears, its own end, its files."""

    def __init__(self, *args: Any, kind: Kind, persons: Sequence[Person], uploads: Uploads, today: date, **kwargs: Any):
        self.kind, self.persons, self.today = kind, {one.public_id: one for one in persons}, today
        super().__init__(*args, **kwargs)
        if kind.about is not About.HOME:
            self.fields["about"] = forms.ChoiceField(
                label=_("De qui est-ce le document ?"),
                choices=[
                    *((one.public_id, str(one)) for one in persons),
                    *([(HOME, _("De tout le foyer"))] if kind.about is About.EITHER else []),
                ],
                widget=forms.RadioSelect,
                error_messages={"required": _("Choisissez une personne.")},
            )
        if kind.validity.lasting in DATED:
            self.fields["issued_on"] = DateField(
                label=_("Date du document"),
                help_text=_("Elle est écrite dessus, souvent en haut."),
                error_messages={"required": _("Écrivez la date du document. Par exemple : 14 septembre 2026.")},
            )
        if kind.has_own_end:
            self.fields["ends_on"] = DateField(
                label=_("Valable jusqu’au"),
                help_text=_("La date de fin écrite dessus. Rien s’il n’y en a pas."),
                required=False,
            )
        self.fields["files"] = UploadsField(uploads, label=_("Vos fichiers"))

    def clean_issued_on(self) -> date:
        day: date = self.cleaned_data["issued_on"]
        if not OLDEST <= day <= self.today:
            raise ValidationError(_("Cette date est à venir. Vérifiez le jour, le mois et l’année."))
        return day

    def clean_ends_on(self) -> date | None:
        day: date | None = self.cleaned_data["ends_on"]
        if day and day < self.today:
            raise ValidationError(_("Ce document n’est plus valable. Donnez le plus récent."))
        return day

    @property
    def person(self) -> Person | None:
        return self.persons.get(self.cleaned_data.get("about", HOME))
