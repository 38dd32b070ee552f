"""What an agent asks, gives to another, or says of a piece."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xpassfam.accounts.models import Account, Team
from xpassfam.filings.asking import still_good
from xpassfam.filings.contested import NotLinkable, decision_of
from xpassfam.filings.forms.seen import SeenForm
from xpassfam.filings.models import Piece
from xpassfam.filings.states import Status
from xpassfam.organisation.models import next_meeting
from xpassfam.procedures.language import Type
from xpassfam.rules.identifiers import new_public_id
from xpassfam.ui.forms import ComingDateField, FilesField, Form
from xpassfam.ui.words import full_day
from xpassfam.vault import words

MOST_FILES = 5
NOT_CHOSEN = (Piece.Verdict.PENDING, Piece.Verdict.TO_REPLACE)  # the second is said by a refusal
FURTHEST = timedelta(days=366)  # what a family or a committee is given: further, a figure of the year is wrong


def after_today(day: date) -> date:
    if day <= timezone.localdate():
        raise forms.ValidationError(_("Choisissez un jour à venir."))
    return within_a_year(day)


def within_a_year(day: date) -> date:
    if day > timezone.localdate() + FURTHEST:
        raise forms.ValidationError(_("Ce jour est dans plus d’un an. Vérifiez l’année."))
    return day


class AskForm(SeenForm):
    pieces = forms.MultipleChoiceField(label=_("Quelles pièces"), required=False, widget=forms.CheckboxSelectMultiple)
    fields_asked = forms.MultipleChoiceField(
        label=_("Quelles réponses"), required=False, widget=forms.CheckboxSelectMultiple
    )
    text = forms.CharField(
        label=_("Ce que vous demandez"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("La famille le lit tel quel. Dites ce qui manque et pourquoi."),
    )
    why_again = forms.CharField(
        label=_("Pourquoi redemander ce qui est déjà accepté"),
        max_length=500,
        required=False,
        help_text=_("La famille le lit. L’accord donné à ce document est retiré."),
    )
    until = ComingDateField(label=_("Dernier jour pour compléter"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [one["key"] for one in self.filing.asked]
        self.good = {piece.key: piece for piece in still_good(self.filing, keys, on=timezone.localdate())}
        self.offer("pieces", [(one["key"], self._named(one)) for one in self.filing.asked])
        shown = {row["key"] for section in self.filing.summary for row in section["rows"]}
        self.offer(
            "fields_asked",
            [
                (one.key, one.label)
                for one in self.filing.definition.fields()
                if one.key in shown and one.type is not Type.EXPLANATION
            ],
        )

    def clean_until(self) -> date:
        return after_today(self.cleaned_data["until"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not said.get("pieces") and not said.get("fields_asked"):
            self.add_error("pieces", _("Cochez au moins une pièce ou une réponse."))
        if self.good.keys() & set(said.get("pieces", ())) and not said.get("why_again", "").strip():
            told = _("Un document coché est déjà accepté, et encore valable. Décochez-le, ou dites pourquoi.")
            self.add_error("why_again", told)
        return said

    def _named(self, asked: Mapping[str, Any]) -> str:
        piece = self.good.get(asked["key"])
        if piece is None:
            return str(asked["label"])
        until = piece.document.valid_until
        told = (
            gettext("{piece} (déjà acceptée, valable jusqu’au {day})") if until else gettext("{piece} (déjà acceptée)")
        )
        return told.format(piece=asked["label"], day=full_day(until) if until else "")


class ExtendForm(SeenForm):
    until = ComingDateField(label=_("Nouveau dernier jour"))

    def clean_until(self) -> date:
        return after_today(self.cleaned_data["until"])


class ReferForm(SeenForm):
    """To the next meeting that administrators planned, after that which it has; unless another day is written."""

    on = ComingDateField(label=_("Jour de la commission"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = self.filing.committee_on if self.filing.status == Status.COMMITTEE else None
        since = [timezone.localdate(), *([self.day + timedelta(days=1)] if self.day else [])]
        self.fields["on"].initial = next_meeting(on=max(since))

    def clean_on(self) -> date:
        if self.cleaned_data["on"] < timezone.localdate():
            raise forms.ValidationError(_("Choisissez aujourd’hui, ou un jour à venir."))
        if self.cleaned_data["on"] == self.day:
            raise forms.ValidationError(_("C’est le jour déjà prévu : choisissez-en un autre."))
        return within_a_year(self.cleaned_data["on"])


class TransferForm(SeenForm):
    """To somebody, or back to a team's queue."""

    to = forms.ChoiceField(label=_("À qui"), required=False)
    team = forms.ModelChoiceField(
        label=_("Ou à quelle équipe"), queryset=Team.objects.order_by("name"), required=False, empty_label=_("Aucune")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agents = Account.objects.filter(role=Account.Role.AGENT, closed_at=None, blocked_at=None)
        named = [(one.public_id, str(one)) for one in agents.order_by("first_name", "last_name")]
        self.offer("to", [("", _("Personne : elle retourne dans la file")), *named])

    @property
    def agent(self) -> Account | None:
        return Account.objects.filter(public_id=self.cleaned_data["to"] or "-").first()


class PieceForm(Form):
    """`seen`: what the page showed of it, see `Piece.as_judged`."""

    seen = forms.CharField(max_length=120, required=False, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(
        label=_("Cette pièce est…"),
        widget=forms.RadioSelect,
        choices=[choice for choice in Piece.Verdict.choices if choice[0] not in NOT_CHOSEN],
        error_messages={"required": _("Choisissez ce que vaut cette pièce.")},
    )
    explanation = forms.CharField(
        label=_("Pourquoi"),
        max_length=500,
        required=False,
        help_text=_("À dire si elle n’est pas conforme. La famille le lit."),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        verdict = said.get("verdict")
        if verdict and verdict != Piece.Verdict.ACCEPTED and not said.get("explanation", "").strip():
            self.add_error("explanation", _("Dites ce qui ne va pas, pour que la famille sache quoi envoyer."))
        return said


class WordsForm(Form):
    """A message, or a note. `form_key` is the page's: sent twice, it is one."""

    text = forms.CharField(label=_("Message"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
    form_key = forms.CharField(max_length=32, widget=forms.HiddenInput, initial=new_public_id)


class MessageForm(WordsForm):
    attached = FilesField(most=MOST_FILES, label=_("Joindre des fichiers"), required=False, help_text=words.LIMITS)


class NoteForm(WordsForm):
    text = forms.CharField(label=_("Nouvelle note"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2}))


class LinkForm(SeenForm):
    """What the family typed for it is there to be mended."""

    reference = forms.CharField(
        label=_("Référence de la demande dont la décision est contestée"),
        max_length=40,
        help_text=_("Par exemple : D-7K3Q-M2XP. Une demande du même foyer, que la personne pouvait encore contester."),
    )

    def clean_reference(self) -> str:
        typed: str = self.cleaned_data["reference"]
        try:
            decision_of(self.filing, typed)
        except NotLinkable as why:
            raise forms.ValidationError(str(why)) from why
        return typed
