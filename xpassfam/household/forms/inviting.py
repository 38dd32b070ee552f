"""Whom to let in, to what, until when."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xpassfam.people.actions.inviting import Guest, named
from xpassfam.people.models import Access, Person
from xpassfam.rules.identifiers import has_member_check, normalise_member_number
from xpassfam.ui.forms import ComingDateField, Form

OTHER = "other"
LONGEST_NUMBER = 40


class InviteForm(Form):
    guest = forms.ChoiceField(
        label=_("Qui voulez-vous inviter ?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez la personne à inviter."),
            "invalid_choice": _("Choisissez une des personnes proposées."),
        },
    )
    member_number = forms.CharField(
        label=_("Son numéro d’adhérent"),
        required=False,
        max_length=LONGEST_NUMBER,
        error_messages={"max_length": _("Ce numéro est trop long. Vérifiez-le sur ses courriers.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    last_name = forms.CharField(
        label=_("Son nom de famille"),
        required=False,
        max_length=120,
        error_messages={"max_length": _("Ce nom est trop long. Écrivez-le comme sur ses courriers.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    permission = forms.ChoiceField(
        label=_("Que pourra faire cette personne ?"),
        choices=Access.Permission.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez ce que la personne pourra voir et faire."),
            "invalid_choice": _("Choisissez un des accès proposés."),
        },
    )
    read_again = forms.CharField(required=False, max_length=LONGEST_NUMBER, widget=forms.HiddenInput)
    until = ComingDateField(label=_("Dernier jour de l’accès"), required=False)

    def __init__(self, *args: Any, residents: Sequence[Person], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.number_to_read_again = ""
        self.residents = {person.public_id: person for person in residents}
        self.today = today
        choices = [(public_id, str(person)) for public_id, person in self.residents.items()]
        self.fields["guest"].choices = [*choices, (OTHER, _("Une autre personne du registre"))]  # type: ignore[attr-defined]
        if not choices:
            self.fields["guest"].required = False

    def clean_until(self) -> date | None:
        until: date | None = self.cleaned_data["until"]
        if until and until < self.today:
            raise forms.ValidationError(_("Ce jour est passé. Écrivez un jour à venir, ou laissez vide."))
        return until

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if self.is_other() and "guest" not in self.errors:
            self._look_at_number(typed)
            if not typed.get("last_name"):
                self.add_error("last_name", _("Écrivez son nom de famille, comme sur ses courriers."))
        return typed

    def _look_at_number(self, typed: dict[str, Any]) -> None:
        """A slip is told before anything is asked. A register may hold another letter: sent again, it is taken."""
        if "member_number" in self.errors:
            return
        number = normalise_member_number(typed["member_number"])
        if not typed["member_number"]:
            self.add_error("member_number", _("Écrivez son numéro d’adhérent. Il est sur ses courriers."))
        elif number is None:
            self.add_error("member_number", _("Il manque quelque chose à ce numéro. Par exemple : ESF‑2019‑004812‑K"))
        elif not has_member_check(number) and typed.get("read_again") != number:
            self.add_error(
                "member_number", _("Relisez ce numéro. S’il est écrit ainsi sur ses courriers, envoyez de nouveau.")
            )
            self.number_to_read_again = number

    def is_other(self) -> bool:
        return self.cleaned_data.get("guest", "") not in self.residents

    def whom(self) -> Guest:
        """Who is meant: somebody of the home, or what was typed."""
        if not self.is_other():
            return Guest(self.residents[self.cleaned_data["guest"]])
        return named(self.cleaned_data["member_number"], self.cleaned_data["last_name"], on=self.today)
