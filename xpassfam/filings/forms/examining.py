"""What an agent asks, gives to another, or says of a piece."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xpassfam.accounts.models import Account, Team
from xpassfam.filings.forms.seen import SeenForm
from xpassfam.filings.models import Piece
from xpassfam.procedures.language import Type
from xpassfam.rules.identifiers import new_public_id
from xpassfam.ui.forms import DateField, Form
from xpassfam.vault import words


def after_today(day: date) -> date:
    if day <= timezone.localdate():
        raise forms.ValidationError(_("Choisissez un jour à venir."))
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
    until = DateField(label=_("Dernier jour pour compléter"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("pieces", [(one["key"], one["label"]) for one in self.filing.asked])
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
        return said


class ExtendForm(SeenForm):
    until = DateField(label=_("Nouveau dernier jour"))

    def clean_until(self) -> date:
        return after_today(self.cleaned_data["until"])


class ReferForm(SeenForm):
    on = DateField(label=_("Jour de la commission"))

    def clean_on(self) -> date:
        if self.cleaned_data["on"] < timezone.localdate():
            raise forms.ValidationError(_("Choisissez aujourd’hui, ou un jour à venir."))
        return self.cleaned_data["on"]


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
    verdict = forms.ChoiceField(
        label=_("Cette pièce est…"),
        widget=forms.RadioSelect,
        choices=[choice for choice in Piece.Verdict.choices if choice[0] != Piece.Verdict.PENDING],
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
    file = forms.FileField(
        label=_("Joindre un fichier"), required=False, widget=forms.FileInput, help_text=words.LIMITS
    )


class NoteForm(WordsForm):
    text = forms.CharField(label=_("Nouvelle note"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2}))
