"""What the history says of accounts and payments: of an account, never more than its end."""

from django.utils.translation import gettext_lazy as _

from xpassfam.journal.kinds import Audience, declare

BANK_DETAILS_CHANGED = declare(
    "payments.bank_details_changed",
    _("Nouvelles coordonnées bancaires, au nom de {holder}. Elles serviront à partir du {day}."),
    audience=Audience.HOUSEHOLD,
    is_changed=True,
)
BANK_DETAILS_STOPPED = declare(
    "payments.bank_details_stopped",
    _("Changement de coordonnées bancaires arrêté. Le compte qui se termine par {end} ne servira pas."),
    audience=Audience.HOUSEHOLD,
)
ORDERED = declare("payments.ordered", _("Paiement prévu : {amount}, pour « {label} »."), audience=Audience.HOUSEHOLD)
