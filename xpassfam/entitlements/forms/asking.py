"""On which day rights are asked."""

import datetime

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xpassfam.ui.forms import Form, WrittenDateField

YEARS_BACK, YEARS_AHEAD = 10, 10


class DayForm(Form):
    date = WrittenDateField(label=gettext_lazy("Mes droits au"))

    def __init__(self, asked: QueryDict, *, today: datetime.date) -> None:
        super().__init__(asked if asked.get("date") else None)
        self.today = today

    def clean_date(self) -> datetime.date | None:
        day: datetime.date | None = self.cleaned_data["date"]
        if day and not self.today.year - YEARS_BACK <= day.year <= self.today.year + YEARS_AHEAD:
            raise ValidationError(_("Choisissez une date de moins de 10 ans, passée ou à venir."))
        return day

    @property
    def day(self) -> datetime.date:
        """Today, where none was asked for, or none that can be read."""
        return (self.is_bound and self.is_valid() and self.cleaned_data.get("date")) or self.today
