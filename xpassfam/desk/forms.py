"""What a queue is narrowed by."""

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xpassfam.accounts.models import Account
from xpassfam.desk.queue import Filters
from xpassfam.filings.agents.situation import STATUSES
from xpassfam.filings.states import PENDING
from xpassfam.procedures.models import Procedure
from xpassfam.ui.forms import Form

LONGEST_SEARCH = 200
DUE = {
    "": _("Toutes"),
    "retard": _("En retard"),
    "aujourdhui": _("Aujourd’hui"),
    "5-jours": _("Sous 5 jours"),
    "15-jours": _("Sous 15 jours"),
}


class FilterForm(Form):
    """Read from an address, so that a view of the queue can be kept and given. Two queries."""

    demarche = forms.ChoiceField(label=_("Démarche"), required=False)
    etat = forms.ChoiceField(label=_("État"), required=False)
    echeance = forms.ChoiceField(label=_("Échéance"), required=False, choices=list(DUE.items()))
    suivie = forms.ChoiceField(label=_("Suivie par"), required=False)

    def __init__(self, *args: object, agent: Account, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        procedures = Procedure.objects.published().defer("current__source")
        agents = Account.objects.filter(role=Account.Role.AGENT, closed_at=None).exclude(pk=agent.pk)
        statuses = [("", _("Toutes")), *((str(status), STATUSES[status][2]) for status in PENDING)]
        everybody = [("", _("Tout le monde")), ("moi", _("Moi")), ("personne", pgettext_lazy("nobody", "Personne"))]
        self._offer("demarche").choices = [
            ("", _("Toutes")),
            *((one.code, one.definition.title) for one in procedures),
        ]
        self._offer("etat").choices = statuses
        named = [(one.public_id, str(one)) for one in agents.order_by("first_name", "last_name")]
        self._offer("suivie").choices = [*everybody, *named]

    def _offer(self, name: str) -> forms.ChoiceField:
        return cast(forms.ChoiceField, self.fields[name])

    @property
    def filters(self) -> Filters:
        """What was chosen; what no list offers is not."""
        self.is_valid()
        chosen = self.cleaned_data
        return Filters(*(chosen.get(name, "") for name in ("demarche", "etat", "echeance", "suivie")))
