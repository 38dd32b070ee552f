"""Countries where families live: the ISO code that is kept, the name that is read."""

import re

from django.utils.translation import gettext_lazy as _

from xpassfam.rules.identifiers import fold

NAMES = {
    "AD": _("Andorre"),
    "AT": _("Autriche"),
    "BE": _("Belgique"),
    "BF": _("Burkina Faso"),
    "CA": _("Canada"),
    "CH": _("Suisse"),
    "CI": _("Côte d’Ivoire"),
    "CM": _("Cameroun"),
    "DE": _("Allemagne"),
    "DZ": _("Algérie"),
    "ES": _("Espagne"),
    "FR": _("France"),
    "GB": _("Royaume-Uni"),
    "IE": _("Irlande"),
    "IT": _("Italie"),
    "LU": _("Luxembourg"),
    "MA": _("Maroc"),
    "MC": _("Monaco"),
    "MG": _("Madagascar"),
    "ML": _("Mali"),
    "NL": _("Pays-Bas"),
    "PL": _("Pologne"),
    "PT": _("Portugal"),
    "RO": _("Roumanie"),
    "SN": _("Sénégal"),
    "TN": _("Tunisie"),
    "US": _("États-Unis"),
    "VN": _("Viêt Nam"),
}


def country_code(text: str) -> str | None:
    """`Belgique`, `belgique`, `be` → `BE`; two letters that are not in our list are taken as they are."""
    for code, name in NAMES.items():
        if fold(text) == fold(str(name)):
            return code
    return text.upper() if re.fullmatch(r"[A-Za-z]{2}", text) else None


def country_name(code: str) -> str:
    return str(NAMES.get(code, code))
