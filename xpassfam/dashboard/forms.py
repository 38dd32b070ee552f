"""What may be asked of the history: by whom, about whom, what, between which days."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xpassfam.dashboard.circle import Circle
from xpassfam.journal.pages import Wanted
from xpassfam.ui.forms import DateField, Form

# The value in the address, its words, what it keeps.
SUBJECTS = (
    ("", gettext_lazy("Tout"), ()),
    ("acces", gettext_lazy("Connexions et mot de passe"), ("accounts.",)),
    ("consultations", gettext_lazy("Consultations par nos agents"), ("household.read", "household.contacts_read")),
    ("foyer", gettext_lazy("Foyer et profil"), ("people.", "register.", "household.")),
)
_SHORT_YEAR = re.compile(r"^(\d{1,2}(?:er)?[\s/.\-]+\w+\.?[\s/.\-]+)(\d\d)$")
SORTS_OF_ACTORS = {"agents": ("agent", "administrator"), "systeme": ("system", "visitor")}


class WrittenDateField(DateField):
    """A whole date in one field, as people write it: « 03/03/26 », « 3 mars 2026 »."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.widget = forms.TextInput(attrs={"autocomplete": "off", "placeholder": gettext_lazy("jj/mm/aaaa")})

    def to_python(self, value: Any) -> date | None:
        try:
            return super().to_python([_in_full(value), "", ""] if isinstance(value, str) else value)
        except ValidationError as error:
            raise ValidationError(_("Écrivez le jour, le mois et l’année. Par exemple : 3 mars 2026.")) from error


class HistoryForm(Form):
    """What is asked wrongly of a list is not asked; a date that can't be read is said so."""

    qui = forms.ChoiceField(label=gettext_lazy("Fait par"), required=False)
    pour = forms.ChoiceField(label=gettext_lazy("Concerne"), required=False)
    quoi = forms.ChoiceField(label=gettext_lazy("Quoi"), required=False)
    du = WrittenDateField(label=gettext_lazy("Du"))
    au = WrittenDateField(label=gettext_lazy("Au"))

    def __init__(self, asked: QueryDict, *, circle: Circle, me: str) -> None:
        lists: dict[str, list[tuple[str, Any]]] = {
            "qui": _actors(circle),
            "pour": _concerned(circle),
            "quoi": [(code, text) for code, text, _kept in SUBJECTS],
        }
        known = {name: asked.get(name, "") for name in ("qui", "pour", "quoi", "du", "au")}
        for name, choices in lists.items():
            if known[name] not in [code for code, _text in choices]:
                known[name] = ""
        super().__init__(known, auto_id="f-%s")
        for name, choices in lists.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101
            field.choices = choices
        self.me = me
        self.is_narrowed = any(known.values())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("du"), cleaned.get("au")
        if since and until and until < since:
            self.add_error("au", _("Cette date vient avant la première. Échangez les deux dates."))
        return cleaned

    def wanted(self) -> Wanted:
        self.full_clean()
        asked = {name: self.cleaned_data.get(name) for name in self.fields}
        who = asked["qui"] or ""
        until = asked["au"]
        return Wanted(
            kinds=next(kept for code, _text, kept in SUBJECTS if code == (asked["quoi"] or "")),
            actor_kinds=SORTS_OF_ACTORS.get(who, ()),
            actor=self.me if who == "moi" else "" if who in SORTS_OF_ACTORS else who,
            person=asked["pour"] or "",
            since=_midnight(asked["du"]),
            until=_midnight(until + timedelta(days=1)) if until else None,
        )


def _actors(circle: Circle) -> list[tuple[str, Any]]:
    return [
        ("", _("Tout le monde")),
        ("moi", _("Vous")),
        *((one.account, one.name) for one in circle.actors),
        ("agents", _("Nos agents")),
        ("systeme", _("Le portail")),
    ]


def _concerned(circle: Circle) -> list[tuple[str, Any]]:
    return [
        ("", _("Tout le monde")),
        *((one.person, _("Vous") if one.is_self else one.name) for one in circle.relatives),
    ]


def _in_full(written: str) -> str:
    """No history is older than this century: « 03/03/26 » is 2026."""
    return _SHORT_YEAR.sub(r"\g<1>20\g<2>", written.strip())


def _midnight(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time.min)).astimezone(UTC) if day else None
