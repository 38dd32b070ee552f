"""A family gives a document."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xpassfam.documents.kinds import About, Kind
from xpassfam.documents.models import Document, Verdict
from xpassfam.documents.uploads import Uploads, UploadsField
from xpassfam.people.models import Person
from xpassfam.rules.documents import Lasting
from xpassfam.ui.forms import DateField, Form

HOME = "foyer"
DATED = {Lasting.MONTHS, Lasting.UNTIL_DAY}
OLDEST = date(1900, 1, 1)


class GiveForm(Form):
    """Asks what the kind needs: whom it is about, the day it bears, its own end, its files.

    What it `renews` says already whom it is about.
    """

    def __init__(
        self,
        *args: Any,
        kind: Kind,
        persons: Sequence[Person],
        uploads: Uploads,
        today: date,
        renews: Document | None = None,
        **kwargs: Any,
    ) -> None:
        self.kind, self.persons, self.today = kind, {one.public_id: one for one in persons}, today
        self.renews = renews
        super().__init__(*args, **kwargs)
        if kind.about is not About.HOME and not renews:
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
        return self.renews.person if self.renews else self.persons.get(self.cleaned_data.get("about", HOME))


class AgainForm(Form):
    reason = forms.CharField(
        label=gettext_lazy("Pourquoi"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Dites ce qui ne va plus, et ce qu’il faut donner. La famille le lit."),
        error_messages={"required": gettext_lazy("Dites pourquoi, pour que la famille sache quoi donner.")},
    )


class CheckForm(Form):
    """No answer is chosen beforehand."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Ce document est…"),
        widget=forms.RadioSelect,
        choices=[(Verdict.ACCEPTED, gettext_lazy("Conforme")), (Verdict.REFUSED, gettext_lazy("À redonner"))],
        error_messages={"required": gettext_lazy("Choisissez ce que vaut ce document.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Pourquoi"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("À dire s’il est à redonner. La famille le lit."),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("verdict") == Verdict.REFUSED and not said.get("reason", "").strip():
            self.add_error("reason", _("Dites ce qui ne va pas, pour que la famille sache quoi donner."))
        return said

    @property
    def said(self) -> dict[str, Any]:
        """What is accepted needs no reason, and keeps none."""
        verdict = Verdict(self.cleaned_data["verdict"])
        return {"verdict": verdict, "reason": self.cleaned_data["reason"] if verdict is Verdict.REFUSED else ""}
