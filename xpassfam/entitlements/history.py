"""What the history says of rights."""

from django.utils.translation import gettext_lazy as _

from xpassfam.journal.kinds import Audience, declare
from xpassfam.rules.retention import CONSULTATIONS

PUBLISHED = declare(
    "entitlements.published",
    _("La règle {code}, « {title} », a été publiée : version {number}, à partir du {since}."),
    audience=Audience.STAFF,
)
CLOSED = declare(
    "entitlements.closed", _("Le droit {code}, « {title} », est fermé à partir du {since}."), audience=Audience.STAFF
)
PROPOSED = declare(
    "entitlements.proposed",
    _("Une version de {code}, « {title} », est proposée, à partir du {since}. {reason}"),
    audience=Audience.STAFF,
)
DROPPED = declare(
    "entitlements.dropped",
    _("La version proposée de {code}, « {title} », est abandonnée. Elle venait de {author}."),
    audience=Audience.STAFF,
)
APPROVED = declare(
    "entitlements.approved",
    _("La version proposée de {code}, « {title} », est relue et acceptée. Elle venait de {author}."),
    audience=Audience.STAFF,
)
SIMULATED = declare(
    "entitlements.simulated",
    _("Simulation de {code}, « {title} », sur le registre."),
    audience=Audience.STAFF,
)
LIST_READ = declare(
    "entitlements.list_read",
    _("Liste des foyers concernés par la simulation de {code}, lue par {actor} : {count} foyers."),
    audience=Audience.STAFF,
    kept=CONSULTATIONS,
)
USED = declare(
    "entitlements.used", _("Droit obtenu : {title}, {amount}. Décision {reference}."), audience=Audience.HOUSEHOLD
)
USE_CANCELLED = declare(
    "entitlements.use_cancelled",
    _("Droit rendu : {title}. La décision {reference} a été retirée."),
    audience=Audience.HOUSEHOLD,
)
CHANGED = declare("entitlements.changed", _("Vos droits ont changé : {rights}."), audience=Audience.HOUSEHOLD)
