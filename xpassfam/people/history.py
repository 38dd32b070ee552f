"""What the history says of a household's facts."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from xpassfam.journal.kinds import Audience, declare

HOUSEHOLD_ENTERED = declare(
    "people.household_entered",
    _("Votre foyer est entré dans le registre de l’organisation."),
    audience=Audience.HOUSEHOLD,
)
HOUSEHOLD_UPDATED = declare(
    "people.household_updated",
    _("L’organisation a mis à jour votre foyer : {changes}."),
    audience=Audience.HOUSEHOLD,
)
HOUSEHOLD_CLOSED = declare(
    "people.household_closed",
    _("L’organisation a fermé le dossier de votre foyer."),
    audience=Audience.HOUSEHOLD,
)

INVITED = declare(
    "people.invited",
    _("Invitation à accéder au dossier : {name}, « {permission} »."),
    audience=Audience.HOUSEHOLD,
)
INVITATION_ACCEPTED = declare(
    "people.invitation_accepted",
    _("{name} a accepté l’invitation et accède au dossier : « {permission} »."),
    audience=Audience.HOUSEHOLD,
)
INVITATION_REFUSED = declare(
    "people.invitation_refused", _("{name} a refusé l’invitation."), audience=Audience.HOUSEHOLD
)
# Of somebody from outside: told to nobody else, or the inviter would learn that they are in the register.
INVITATION_REFUSED_ALONE = declare(
    "people.invitation_refused_alone",
    _("Invitation refusée. Envoyée par {inviter}."),
    audience=Audience.SELF,
)
INVITATION_WITHDRAWN = declare(
    "people.invitation_withdrawn", _("Invitation retirée : {name}."), audience=Audience.HOUSEHOLD
)
ACCESS_ENDED = declare(
    "people.access_ended", _("{name} n’a plus accès au dossier : accès retiré."), audience=Audience.HOUSEHOLD
)
ACCESS_GIVEN_UP = declare(
    "people.access_given_up", _("{name} a renoncé à son accès au dossier."), audience=Audience.HOUSEHOLD
)
# Of whom it concerns, in their own history: in the file that they no longer read, or where others act, it is not.
ACCESS_TAKEN = declare(
    "people.access_taken",
    _("Vous accédez au dossier « {household} », sur invitation : « {permission} »."),
    audience=Audience.SELF,
)
OWN_ACCESS_ENDED = declare(
    "people.own_access_ended",
    _("Vous n’avez plus accès au dossier « {household} » : accès retiré."),
    audience=Audience.SELF,
)
OWN_ACCESS_GIVEN_UP = declare(
    "people.own_access_given_up",
    _("Vous avez renoncé à votre accès au dossier « {household} »."),
    audience=Audience.SELF,
)
CAME_OF_AGE = declare(
    "people.came_of_age",
    _("{name} a 18 ans : ses coordonnées et ce qui est à son nom ne sont plus visibles du foyer."),
    audience=Audience.HOUSEHOLD,
)
SEPARATION_DECLARED = declare(
    "people.separation_declared",
    _("Une séparation est déclarée. Le partage du dossier est suspendu."),
    audience=Audience.HOUSEHOLD,
)
SEPARATION_TAKEN_BACK = declare(
    "people.separation_taken_back",
    _("La déclaration de séparation est dite faite par erreur. L’accord de l’autre adulte est attendu."),
    audience=Audience.HOUSEHOLD,
)
SEPARATION_MAINTAINED = declare(
    "people.separation_maintained", _("La déclaration de séparation est maintenue."), audience=Audience.HOUSEHOLD
)
SEPARATION_SETTLED = declare(
    "people.separation_settled",
    _("La séparation est réglée : {outcome}. Le partage n’est plus suspendu."),
    audience=Audience.HOUSEHOLD,
)

_WORDS = {
    "address": _("adresse"),
    "postcode": _("adresse"),
    "town": _("adresse"),
    "country": _("adresse"),
    "last_name": _("nom"),
    "birth_name": _("nom"),
    "first_names": _("prénom"),
    "birth_date": _("date de naissance"),
    "member_number": _("numéro d’adhérent"),
    "email": _("adresse e-mail"),
    "phone": _("téléphone"),
    "permission": _("accès au dossier"),
    "accesses": _("accès au dossier"),
}
_OTHER_WORDS = {"household": _("dossier"), "access": _("accès au dossier")}


def words_for(changes: Iterable[str]) -> str:
    """`["person.phone", "residents"]` → « personnes du foyer, téléphone »."""
    words = set()
    for change in changes:
        kind, _separator, name = change.rpartition(".")
        words.add(str(_WORDS.get(name) or _OTHER_WORDS.get(kind, _("personnes du foyer"))))
    return ", ".join(sorted(words))
