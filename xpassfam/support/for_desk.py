"""What waits for agents about tickets."""

from django.urls import reverse
from django.utils.translation import gettext as _

from xpassfam.support.models import Ticket
from xpassfam.ui.gathering import Duty

MOST_COUNTED = 500


def duties() -> list[Duty]:
    """One query, that stops counting at `MOST_COUNTED`."""
    waiting = Ticket.objects.ours()[:MOST_COUNTED].count()
    return [Duty(_("Répondre aux demandes d’aide"), reverse("support:queue"), waiting)]
