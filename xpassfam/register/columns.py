"""The columns of a register, and what French files call them."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xpassfam.rules.identifiers import fold

IGNORED: Final = ""  # what a column means that is to be left alone
LABELS: Final[Mapping[str, str | Promise]] = {
    "file_number": _("Numéro de dossier"),
    "household_name": _("Nom du foyer"),
    "address": _("Adresse"),
    "address_more": _("Complément d’adresse"),
    "postcode": _("Code postal"),
    "town": _("Commune"),
    "country": _("Pays"),
    "closed_on": _("Fermé le"),
    "closed_reason": _("Motif"),
    "key": _("Identifiant"),
    "last_name": _("Nom"),
    "birth_name": _("Nom de naissance"),
    "first_names": _("Prénoms"),
    "birth_date": _("Date de naissance"),
    "member_number": _("Numéro d’adhérent"),
    "email": _("Adresse e-mail"),
    "phone": _("Téléphone"),
    "role": _("Rôle"),
    "is_shared": _("Résidence alternée"),
    "since": _("Depuis"),
    "until": _("Jusqu’au"),
    "permission": _("Accès"),
    "activation_code": _("Code d’activation"),
}
ALIASES = {
    "file_number": (
        "numero de dossier",
        "dossier",
        "n dossier",
        "no dossier",
        "num dossier",
        "numero dossier",
        "foyer",
        "num dossier famille",
        "numero de foyer",
        "numero foyer",
    ),
    "household_name": ("nom du foyer", "libelle du foyer"),
    "address": ("adresse", "adresse postale", "voie"),
    "address_more": ("complement d adresse", "complement adresse", "complement", "adresse 2"),
    "postcode": ("code postal", "cp", "code post"),
    "town": ("commune", "ville", "localite"),
    "country": ("pays",),
    "closed_on": ("ferme le", "date de fermeture", "date de radiation", "radie le"),
    "closed_reason": ("motif", "motif de fermeture", "motif de radiation"),
    "key": ("identifiant", "personne", "id", "identifiant personne", "numero de personne"),
    "last_name": ("nom", "nom d usage", "nom de famille", "nom usage"),
    "birth_name": ("nom de naissance", "nom de jeune fille"),
    "first_names": ("prenom", "prenoms", "prenom s"),
    "birth_date": (
        "date de naissance",
        "naissance",
        "ne e le",
        "ne le",
        "date naissance",
        "dnaiss",
        "date naiss",
        "ddn",
    ),
    "member_number": (
        "numero d adherent",
        "adherent",
        "n adherent",
        "no adherent",
        "numero adherent",
        "matricule",
        "num adh",
        "num adherent",
    ),
    "email": ("e mail", "email", "courriel", "mail", "adresse e mail", "adresse mail", "adresse electronique"),
    "phone": ("telephone", "tel", "portable", "mobile", "telephone portable"),
    "role": ("role", "lien", "qualite", "lien avec le titulaire", "lien de parente"),
    "is_shared": ("residence alternee", "alternee", "garde alternee"),
    "since": ("depuis", "depuis le", "date d entree", "entree le"),
    "until": ("jusqu au", "date de sortie", "sortie le"),
    "permission": ("acces", "droits d acces"),
    "activation_code": ("code d activation", "code activation"),
}
NAMES: Final = {alias: name for name, aliases in ALIASES.items() for alias in aliases}


def meanings(remembered: Mapping[str, str]) -> dict[str, str]:
    """What each folded header means: as everybody writes it, unless the organisation said otherwise."""
    return {**NAMES, **remembered}


def column_called(text: str) -> str | None:
    """The column of this name, as files head it; None where there is none."""
    return NAMES.get(fold(text)) or next(
        (name for name, label in LABELS.items() if fold(str(label)) == fold(text)), None
    )
