"""What waits for agents about accounts."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.accounts.models import Contestation, Recovery
from xpassfam.ui.gathering import Duty


def duties() -> list[Duty]:
    """Two queries."""
    reports = Contestation.objects.open().count()
    letters = Recovery.objects.live(timezone.now()).filter(printed_at=None).count()
    return [
        Duty(_("Traiter les signalements « Ce n’est pas moi »"), reverse("accounts:contestations"), reports),
        Duty(_("Imprimer les courriers de secours"), reverse("accounts:recovery-letters"), letters),
    ]
