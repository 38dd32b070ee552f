"""What waits for agents about accounts."""

from django.urls import reverse
from django.utils.translation import gettext as _

from xpassfam.accounts.models import Contestation
from xpassfam.ui.gathering import Duty


def duties() -> list[Duty]:
    """One query."""
    reports = Contestation.objects.open().count()
    return [Duty(_("Traiter les signalements « Ce n’est pas moi »"), reverse("accounts:contestations"), reports)]
