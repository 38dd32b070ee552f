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
