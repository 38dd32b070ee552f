"""What the history says of a family's file and of who reads it."""

from django.utils.translation import gettext_lazy as _

from xpassfam.journal.kinds import Audience, declare
from xpassfam.rules.retention import CONSULTATIONS

FILE_READ = declare(
    "household.read",
    _("Consultation du dossier par {reader}."),
    audience=Audience.HOUSEHOLD,
    kept=CONSULTATIONS,
)
CONTACTS_READ = declare(
    "household.contacts_read",
    _("Consultation des e-mails et téléphones du foyer par {reader}."),
    audience=Audience.HOUSEHOLD,
    kept=CONSULTATIONS,
)
MANY_FILES_READ = declare(
    "household.many_read",
    _("Ouverture de {count} dossiers en 10 minutes par {actor}."),
    audience=Audience.STAFF,
    kept=CONSULTATIONS,
)
SEARCHED = declare(
    "household.searched",
    _("Recherche de « {text} » par {actor}. Personnes montrées : {count}."),
    audience=Audience.STAFF,
    kept=CONSULTATIONS,
)
