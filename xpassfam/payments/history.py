"""What the history says of accounts and payments: of an account, never more than its end."""

from django.utils.translation import gettext_lazy as _

from xpassfam.journal.kinds import Audience, declare
from xpassfam.rules.retention import CONSULTATIONS

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
PAID = declare("payments.paid", _("Paiement fait le {day} : {amount}, pour « {label} »."), audience=Audience.HOUSEHOLD)
UNDONE = declare(
    "payments.undone",
    _("Paiement noté par erreur : {amount}, pour « {label} ». Il reste à faire."),
    audience=Audience.HOUSEHOLD,
)
CANCELLED = declare(
    "payments.cancelled",
    _("Paiement annulé : {amount}, pour « {label} ». Raison : {reason}"),
    audience=Audience.HOUSEHOLD,
)
READ = declare(
    "payments.read",
    _("Lecture des paiements du foyer."),
    audience=Audience.HOUSEHOLD,
    kept=CONSULTATIONS,
)
ACCOUNT_GIVEN = declare(
    "payments.account_given",
    _("Numéro du compte qui se termine par {end} donné au service de paiement, pour verser {amount}."),
    audience=Audience.HOUSEHOLD,
    kept=CONSULTATIONS,
)
SEARCHED = declare(
    "payments.searched",
    _("Recherche de paiements pour « {text} ». Paiements montrés : {count}."),
    audience=Audience.STAFF,
    kept=CONSULTATIONS,
)
BATCH_MADE = declare(
    "payments.batch_made",
    _("Lot de paiements préparé : {count} paiements, {amount}."),
    audience=Audience.STAFF,
)
BATCH_GIVEN = declare(
    "payments.batch_given",
    _("Téléchargement d’un lot de paiements avec les numéros de compte : {count} paiements, {amount}."),
    audience=Audience.STAFF,
)
LEFT_BATCH = declare(
    "payments.left_batch",
    _("Paiement sorti de son lot, à verser de nouveau : {amount}, pour « {label} »."),
    audience=Audience.STAFF,
)
