"""What the history says of help."""

from django.utils.translation import gettext_lazy as _

from xpassfam.journal.kinds import Audience, declare

WRITTEN = declare(
    "help.written", _("L’article d’aide « {title} » a été écrit : version {number}."), audience=Audience.STAFF
)
RESTORED = declare(
    "help.restored", _("L’article d’aide « {title} » a retrouvé son texte d’origine."), audience=Audience.STAFF
)
INCIDENT = declare("help.incident", _("Incident annoncé sur la page d’état : {title}."), audience=Audience.STAFF)
INCIDENT_REMOVED = declare(
    "help.incident_removed", _("Incident retiré de la page d’état : {title}."), audience=Audience.STAFF
)
