"""What the history says of a person's own data, and of what time deletes."""

from django.utils.translation import gettext_lazy as _

from xpassfam.journal.kinds import Audience, declare

EXPORT_ASKED = declare("privacy.export_asked", _("Archive de vos données demandée."), audience=Audience.SELF)
EXPORT_READY = declare(
    "privacy.export_ready", _("Archive de vos données prête, jusqu’au {day}."), audience=Audience.SELF
)
EXPORT_TAKEN = declare("privacy.export_taken", _("Archive de vos données téléchargée."), audience=Audience.SELF)
EXPORT_GONE = declare("privacy.export_gone", _("Archive de vos données effacée."), audience=Audience.SELF)
ACCESS_LEFT = declare(
    "privacy.access_left", _("{name} a fermé son compte : plus personne n’agit en son nom ici."),
    audience=Audience.HOUSEHOLD,
)  # fmt: skip
FILE_ERASED = declare(
    "privacy.file_erased", _("Dossier effacé : sa durée de conservation est passée."), audience=Audience.STAFF
)
LENGTH_CHANGED = declare(
    "privacy.length_changed", _("Durée de conservation changée : {what}."), audience=Audience.STAFF, is_changed=True
)
PURGED = declare("privacy.purged", _("Conservation appliquée : {count} effacements."), audience=Audience.STAFF)
BREACH_LISTED = declare(
    "privacy.breach_listed", _("Personnes touchées listées : du {since} au {until}, {count} dossiers."),
    audience=Audience.STAFF,
)  # fmt: skip
