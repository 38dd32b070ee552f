from django.utils.translation import gettext_lazy as _

from xpassfam.journal.kinds import Audience, declare

_SENTENCE = _("Détail effacé pour les lignes d’avant le {day} ({what}) : leur durée de conservation est passée.")

# Their words are never forgotten: they tell the proof why other words are missing.
FORGOTTEN = declare("journal.forgotten", _SENTENCE, audience=Audience.HOUSEHOLD, kept=None)
OWN_FORGOTTEN = declare("journal.own_forgotten", _SENTENCE, audience=Audience.SELF, kept=None)
PORTAL_FORGOTTEN = declare("journal.portal_forgotten", _SENTENCE, audience=Audience.STAFF, kept=None)
