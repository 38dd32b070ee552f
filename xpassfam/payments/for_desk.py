"""What waits for agents who see to payments."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.payments.models import PaymentOrder
from xpassfam.ui.gathering import Duty


def duties() -> list[Duty]:
    """One query."""
    ready = PaymentOrder.objects.ready(timezone.now()).count()
    return [Duty(_("Exporter et noter les paiements"), reverse("payments:orders"), ready)]
