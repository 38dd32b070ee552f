"""The documents of a filing on one page: each has its files, the day it bears, or why it is not there yet."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from xpassfam.documents.kinds import Kind
from xpassfam.documents.models import PendingUpload
from xpassfam.documents.uploads import Uploads, UploadsField
from xpassfam.filings.family.supporting import Entry
from xpassfam.organisation.calendar import is_working
from xpassfam.procedures.wording import delay_in_words
from xpassfam.rules.documents import Lasting
from xpassfam.rules.time_limits import due_on
from xpassfam.ui import words
from xpassfam.ui.forms import DateField, Form

DATED = {Lasting.MONTHS, Lasting.UNTIL_DAY}
OLDEST = date(1900, 1, 1)
LONGEST_WHY = 500
# What was typed beside the files of each piece, by the names of its fields.
TypedByPiece = Mapping[str, Mapping[str, Any]]


class PiecesForm(Form):
    """Nothing in it is required: what is still missing is said before the filing is sent, not while it is filled in."""

    def __init__(
        self,
        data: Any = None,
        *,
        entries: Sequence[Entry],
        uploads: Mapping[str, Uploads],
        today: date,
        asks_why: bool = True,
        typed: TypedByPiece | None = None,
    ) -> None:
        kept = typed or {}
        words = {f"{entry.prefix}-{name}": word for entry in entries for name, word in kept.get(entry.key, {}).items()}
        super().__init__(data, initial=words)
        self.entries, self.today, self.asks_why = entries, today, asks_why
        for entry in entries:
            self._add(entry, uploads[entry.prefix])

    def _add(self, entry: Entry, uploads: Uploads) -> None:
        name, kinds = entry.prefix, entry.kinds
        if entry.offer and not entry.is_served:
            label = _("Utiliser ce document")
            self.fields[f"{name}-reuse"] = forms.BooleanField(label=label, required=False, initial=self.asks_why)
        if len(kinds) > 1:
            self.fields[f"{name}-kind"] = forms.ChoiceField(
                label=_("Quel document envoyez-vous ?"),
                choices=[(kind.code, kind.label) for kind in kinds],
                widget=forms.RadioSelect,
                required=False,
            )
        self.fields[f"{name}-files"] = UploadsField(uploads, label=_("Vos fichiers"), required=False)
        if any(kind.validity.lasting in DATED for kind in kinds) or entry.piece.max_age or entry.asked.issued_on:
            self.fields[f"{name}-issued_on"] = DateField(
                label=_("Date du document"),
                help_text=_("Elle est écrite dessus, souvent en haut."),
                required=False,
                initial=entry.asked.issued_on,
            )
        if any(kind.has_own_end for kind in kinds):
            hint = _("La date de fin écrite dessus. Rien s’il n’y en a pas.")
            self.fields[f"{name}-ends_on"] = DateField(label=_("Valable jusqu’au"), help_text=hint, required=False)
        if self.asks_why and not entry.needs_nothing:
            self.fields[f"{name}-why"] = forms.CharField(
                label=_("Pourquoi, et quand pensez-vous l’avoir ?"),
                widget=forms.Textarea(attrs={"rows": 2}),
                max_length=LONGEST_WHY,
                required=False,
                initial=entry.missing or "",
            )

    def asked(self) -> str:
        """What the page shows, by number: see `family.giving.numbered_as_shown`. A dot is for what is asked no more."""
        keys = {entry.number: entry.key for entry in self.entries}
        return " ".join(keys.get(number, ".") for number in range(1, max(keys, default=0) + 1))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for entry in self.entries:
            if self.files_of(entry):
                self._check(entry)
        return cleaned

    def _check(self, entry: Entry) -> None:
        """What files need besides: which document they are, and its day."""
        name, kind = entry.prefix, self.kind_of(entry)
        if kind is None:
            self.add_error(f"{name}-kind", ValidationError(_("Choisissez le document que vous envoyez."), code="kind"))
            return
        issued, dated = self.value(entry, "issued_on"), f"{name}-issued_on"
        if dated in self.fields and dated not in self.errors:
            if issued is None and (kind.validity.lasting in DATED or entry.piece.max_age or entry.asked.issued_on):
                self.add_error(dated, _("Écrivez la date du document. Par exemple : 14 octobre 2026."))
            elif issued and not OLDEST <= issued <= self.today:
                self.add_error(dated, _("Cette date est à venir. Vérifiez le jour, le mois et l’année."))
            elif issued and entry.asked.issued_on not in (None, issued):
                self.add_error(dated, self._another_day(entry.asked.issued_on))
            elif issued and self._is_too_old(entry, issued):
                age = delay_in_words(entry.piece.max_age) if entry.piece.max_age else ""
                self.add_error(dated, _("Ce document a plus de {age}. Donnez-en un plus récent.").format(age=age))
        ends = self.value(entry, "ends_on")
        if ends and ends < self.today:
            self.add_error(f"{name}-ends_on", _("Ce document n’est plus valable. Donnez le plus récent."))

    def _another_day(self, answered: date | None) -> str:
        text = _(
            "Vous avez répondu que ce document est du {day}. Écrivez la même date, ou corrigez d’abord votre réponse."
        )
        return text.format(day=words.full_day(answered)) if answered else ""

    def _is_too_old(self, entry: Entry, issued: date) -> bool:
        age = entry.piece.max_age
        return age is not None and due_on(age, start=issued, is_working=is_working) < self.today

    def value(self, entry: Entry, name: str) -> Any:
        return self.cleaned_data.get(f"{entry.prefix}-{name}")

    def asks(self, entry: Entry, name: str) -> bool:
        return f"{entry.prefix}-{name}" in self.fields

    def files_of(self, entry: Entry) -> list[PendingUpload]:
        """Those that arrived, though one of them was refused."""
        field = self.fields[f"{entry.prefix}-files"]
        return list(field.uploads.kept) if isinstance(field, UploadsField) else []

    def kind_of(self, entry: Entry) -> Kind | None:
        chosen = self.value(entry, "kind")
        if len(entry.kinds) == 1:
            return entry.kinds[0]
        return next((kind for kind in entry.kinds if kind.code == chosen), None)

    def is_good(self, entry: Entry) -> bool:
        return not any(name.startswith(f"{entry.prefix}-") for name in self.errors)

    def rows(self) -> list[dict[str, Any]]:
        """Each entry with its fields, for the page."""
        return [
            {
                "entry": entry,
                "reuse": self._bound(entry, "reuse"),
                "why": self._bound(entry, "why"),
                "fields": [
                    bound for name in ("kind", "files", "issued_on", "ends_on") if (bound := self._bound(entry, name))
                ],
                "is_open": bool(self.files_of(entry)) or not self.is_good(entry) or self._is_begun(entry),
            }
            for entry in self.entries
        ]

    def _is_begun(self, entry: Entry) -> bool:
        return any(name.startswith(f"{entry.prefix}-") for name in self.initial)

    def _bound(self, entry: Entry, name: str) -> BoundField | None:
        full = f"{entry.prefix}-{name}"
        return self[full] if full in self.fields else None
