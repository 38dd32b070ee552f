"""What the history says of a family's file: what is changed and confirmed, and who reads it.

What is private to one adult is told to that adult alone: each kind of change has two codes, by audience.
"""

from django.utils.translation import gettext_lazy as _

from xpassfam.household.fields import Field
from xpassfam.journal.kinds import Audience, Kind, declare
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
    _("Ouverture de {count} dossiers en 10 minutes par {actor}."),
    audience=Audience.STAFF,
    kept=CONSULTATIONS,
)
SEARCHED = declare(
    "household.searched",
    _("Recherche de « {text} » par {actor}. Personnes montrées : {count}."),
    audience=Audience.STAFF,
    kept=CONSULTATIONS,
)

CHANGED = "household.changed"
ASKED = "household.change_asked"
WITHDRAWN = "household.change_withdrawn"
APPROVED = "household.change_approved"
REFUSED = "household.change_refused"
OPENED = "household.change_opened"
DROPPED = "household.change_dropped"
LEFT_BEHIND = "household.change_left_behind"

_SENTENCES = {
    CHANGED: _("Changement : {what}."),
    ASKED: _("Changement demandé : {what}. Actuellement : {before}. Demandé : {after}."),
    WITHDRAWN: _("Changement annulé par la famille : {what}. Demandé : {after}."),
    APPROVED: _("Changement accepté : {what}."),
    REFUSED: _("Changement refusé : {what}. Demandé : {after}. Raison : {reason}"),
    OPENED: _("Lecture d’un changement demandé : {what}."),
    LEFT_BEHIND: _("Changement annulé, car la personne qui l’a demandé n’habite plus ce foyer : {what}."),
    DROPPED: _("Changement annulé, car le partage du dossier est suspendu : {what}."),
}
_DONE = {CHANGED, APPROVED}
_KINDS = {
    (code, is_own): declare(
        f"{code}_own" if is_own else code,
        text,
        audience=Audience.SELF if is_own else Audience.HOUSEHOLD,
        is_changed=code in _DONE,
    )
    for is_own in (False, True)
    for code, text in _SENTENCES.items()
}
SHARED_CHILD_CHANGED = declare(
    "household.shared_child_changed",
    _("Changement : {what}. Demandé depuis son autre foyer."),
    audience=Audience.HOUSEHOLD,
)
CONFIRMED = declare(
    "household.confirmed", _("« Tout est exact » : les informations du foyer."), audience=Audience.HOUSEHOLD
)
CONFIRMED_OWN = declare("household.confirmed_own", _("« Tout est exact » : vos informations."), audience=Audience.SELF)
CONFIGURED = declare(
    "household.fields_configured",
    _("Réglage de ce que les familles voient et changent : {changes}."),
    audience=Audience.STAFF,
)
EXPORTED = declare(
    "household.corrections_exported",
    _("Téléchargement des corrections à reporter dans le registre : {count}."),
    audience=Audience.STAFF,
)
GIVEN_TO_REGISTER = declare(
    "household.given_to_register",
    _("Ce qui a changé est donné au registre de l’organisation : {what}."),
    audience=Audience.HOUSEHOLD,
    kept=CONSULTATIONS,
)
GIVEN_TO_REGISTER_OWN = declare(
    "household.given_to_register_own",
    _("Ce qui a changé est donné au registre de l’organisation : {what}."),
    audience=Audience.SELF,
    kept=CONSULTATIONS,
)


def kind_of(code: str, field: Field) -> Kind:
    return _KINDS[code, field.is_private]
