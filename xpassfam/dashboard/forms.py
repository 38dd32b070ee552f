"""What may be asked of the history (by whom, about whom, what, between which days), and of what was given and sent."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xpassfam.dashboard.circle import Circle
from xpassfam.dashboard.papers import Wanted as PapersWanted
from xpassfam.dashboard.papers import letter_kinds
from xpassfam.documents.kinds import kinds
from xpassfam.journal.pages import Wanted
from xpassfam.ui.forms import Form, WrittenDateField

# The value in the address, its words, what it keeps.
SUBJECTS = (
    ("", gettext_lazy("Tout"), ()),
    ("acces", gettext_lazy("Connexions et mot de passe"), ("accounts.",)),
    ("consultations", gettext_lazy("Consultations par nos agents"), ("household.read", "household.contacts_read")),
    ("foyer", gettext_lazy("Foyer et profil"), ("people.", "register.", "household.")),
)
SORTS_OF_ACTORS = {"agents": ("agent", "administrator"), "systeme": ("system", "visitor")}


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


class PapersForm(Form):
    """What is asked wrongly is not asked."""

    pour = forms.ChoiceField(label=gettext_lazy("Personne"), required=False)
    quoi = forms.ChoiceField(label=gettext_lazy("Type"), required=False)
    annee = forms.ChoiceField(label=gettext_lazy("Année"), required=False)

    def __init__(self, asked: QueryDict, *, circle: Circle, years: Sequence[int]) -> None:
        people = [("", _("Tout le foyer")), *((one.person, one.name) for one in circle.relatives)]
        given = [(kind.code, kind.label) for kind in kinds().values()]
        sent = [(code, label) for code, label in letter_kinds().items()]
        flat: dict[str, list[tuple[str, Any]]] = {
            "pour": people,
            "quoi": [("", _("Tous")), *given, *sent],
            "annee": [("", _("Toutes")), *((str(year), str(year)) for year in years)],
        }
        known = {
            name: asked.get(name, "") if asked.get(name, "") in dict(choices) else "" for name, choices in flat.items()
        }
        super().__init__(known, auto_id="f-%s")
        grouped = [("", _("Tous")), (_("Ce que vous avez donné"), given), (_("Ce que nous avons envoyé"), sent)]
        for name, choices in {**flat, "quoi": grouped}.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101
            field.choices = choices
        self.is_narrowed = any(known.values())

    def wanted(self) -> PapersWanted:
        self.full_clean()
        asked = {name: self.cleaned_data.get(name) or "" for name in self.fields}
        return PapersWanted(asked["quoi"], asked["pour"], int(asked["annee"]) if asked["annee"] else None)


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


def _midnight(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time.min)).astimezone(UTC) if day else None
