"""What agents say and do about a ticket."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xpassfam.accounts.models import Account
from xpassfam.documents.models import Document
from xpassfam.filings.models import Filing
from xpassfam.people.access import ActingAccess, for_account
from xpassfam.rules.identifiers import is_public_id, new_public_id
from xpassfam.rules.references import normalise_reference
from xpassfam.support.actions.answering import may_merge
from xpassfam.support.actions.helping import Help
from xpassfam.support.models import Ticket
from xpassfam.support.models.ticket import PREFIX, State, Topic
from xpassfam.ui.forms import Form

LONGEST = 4000
NOT_FOUND = _("Aucune demande d’aide n’a ce numéro. Vérifiez-le.")


class AnswerForm(Form):
    form_key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Votre réponse"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": _("Écrivez la réponse, ou partez d’un modèle."),
            "max_length": _("Cette réponse est trop longue : 4 000 signes au plus."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"form_key": new_public_id()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)


class NoteForm(Form):
    text = forms.CharField(
        label=_("Note interne"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Écrivez la note.")},
    )


class MergeForm(Form):
    """Into which ticket: of the same writer, known in the same way."""

    reference = forms.CharField(label=_("Fusionner dans"), max_length=30, help_text=_("Par exemple : AS-7K3Q-M2XP"))

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        self.ticket = ticket
        super().__init__(*args, **kwargs)

    def clean_reference(self) -> Ticket:
        normal = normalise_reference(self.cleaned_data["reference"], prefix=PREFIX)
        found = Ticket.objects.filter(reference=normal or "").first()
        if found is None:
            raise ValidationError(NOT_FOUND)
        if not may_merge(self.ticket, found):
            raise ValidationError(_("Ces deux demandes ne viennent pas de la même personne : elles restent séparées."))
        return found


class LinkForm(Form):
    """The request or the document that it is about: one that its writer may see."""

    about = forms.CharField(
        label=_("Lier à une demande ou à un document"),
        max_length=200,
        help_text=_("Le numéro de la demande (D-7K3Q-M2XP), ou l’adresse de la page du document."),
    )

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        self.ticket = ticket
        super().__init__(*args, **kwargs)

    def clean_about(self) -> Filing | Document:
        typed: str = self.cleaned_data["about"].strip()
        if self.ticket.person_id is None:
            raise ValidationError(_("L’identité n’est pas prouvée : cette demande d’aide ne se lie à rien."))
        for access in for_account(self.ticket, on=timezone.localdate()):
            if found := _named(typed, access):
                return found
        raise ValidationError(_("Rien de tel dans ce que cette personne peut voir. Vérifiez le numéro."))


def _named(typed: str, access: ActingAccess) -> Filing | Document | None:
    """What this number or address names, of what is shown to whoever acts by this access. No agent reads a draft."""
    filings = Filing.objects.visible_to(access).exclude(reference=None)
    last = typed.rstrip("/").rpartition("/")[2]
    if is_public_id(last):
        document = Document.objects.visible_to(access).filter(public_id=last).first()
        return document or filings.filter(public_id=last).first()
    reference = normalise_reference(typed)
    return filings.filter(reference=reference).first() if reference else None


class HelpForm(Form):
    help = forms.ChoiceField(choices=Help)


class FilterForm(Form):
    """As a GET form: nothing chosen shows what waits for us."""

    STATES = [("", _("À répondre")), (State.WAITING, _("En attente de la personne")), (State.CLOSED, _("Closes"))]
    WHO = [("", _("Tout le monde")), ("moi", _("Moi")), ("personne", pgettext_lazy("nobody", "Personne"))]
    PROOFS = [("", _("Toutes")), ("oui", _("Prouvée")), ("non", _("Non prouvée"))]

    etat = forms.ChoiceField(label=_("État"), choices=STATES, required=False)
    sujet = forms.ChoiceField(label=_("Sujet"), choices=[("", _("Tous")), *Topic.choices], required=False)
    qui = forms.ChoiceField(label=_("Suivie par"), choices=WHO, required=False)
    identite = forms.ChoiceField(label=_("Identité"), choices=PROOFS, required=False)
    q = forms.CharField(label=_("Numéro ou adresse"), required=False, max_length=254)

    def __init__(self, *args: Any, agent: Account, **kwargs: Any) -> None:
        self.agent = agent
        super().__init__(*args, **kwargs)
