from django.utils.translation import gettext_lazy as _

from xpassfam.journal.kinds import Audience, declare

FORGOTTEN = declare(
    "journal.forgotten",
    _("Le détail des lignes 1 à {through} a été effacé : sa durée de conservation est passée."),
    audience=Audience.HOUSEHOLD,
)
