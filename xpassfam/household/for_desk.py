"""What waits for agents about families."""

from django.urls import reverse
from django.utils.translation import gettext as _

from xpassfam.household.change_queue import waiting_count
from xpassfam.people.models import Separation
from xpassfam.ui.gathering import Duty


def duties() -> list[Duty]:
    """Two queries."""
    separations = Separation.objects.open().count()
    return [
        Duty(_("Chercher une famille et ouvrir son dossier"), reverse("household:files")),
        Duty(_("Répondre aux changements que les familles demandent"), reverse("household:changes"), waiting_count()),
        Duty(_("Régler les séparations déclarées"), reverse("household:separations"), separations),
    ]
