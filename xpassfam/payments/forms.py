"""What agents type about orders."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xpassfam.payments.queue import View, Wanted
from xpassfam.ui.forms import Form, WrittenDateField

LONGEST_SEARCH = 200
LONGEST_AGO = timedelta(days=366)


class FilterForm(Form):
    """Read from an address, so that a list can be kept and given."""

    q = forms.CharField(label=_("Famille"), required=False, max_length=LONGEST_SEARCH)
    du = WrittenDateField(label=_("Du"))
    au = WrittenDateField(label=_("Au"))

    def wanted(self, view: View) -> Wanted:
        """What could be read of it; what could not narrows nothing, and is said by the form."""
        self.is_valid()
        read: dict[str, Any] = self.cleaned_data
        text = read.get("q", "").replace("\0", "").strip()
        return Wanted(view, text, read.get("du"), read.get("au"))


class PaidForm(Form):
    paid_on = WrittenDateField(label=_("Jour du versement"))

    def clean_paid_on(self) -> date:
        day: date | None = self.cleaned_data["paid_on"]
        if day is None:
            raise forms.ValidationError(_("Écrivez le jour où l’argent est parti."))
        if day > timezone.localdate():
            raise forms.ValidationError(_("Ce jour n’est pas encore venu. Attendez que l’argent soit parti."))
        if day < timezone.localdate() - LONGEST_AGO:
            raise forms.ValidationError(_("Ce jour est à plus d’un an. Vérifiez l’année."))
        return day


class CancelForm(Form):
    reason = forms.CharField(
        label=_("Pourquoi"),
        help_text=_("La famille le lit. Par exemple : L’aide a été versée deux fois."),
        min_length=10,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"min_length": _("Dites-en un peu plus : la famille doit comprendre.")},
    )
