"""The headings under which articles stand, in the order of the page."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Codes are those of `article.schema.json`.
SITUATIONS: Mapping[str, str | Promise] = {
    "sign_in": _("Me connecter"),
    "activation": _("Ouvrir mon compte"),
    "account": _("Mot de passe et e-mails"),
    "security": _("Sécurité"),
    "household": _("Mon foyer"),
    "filings": _("Mes demandes"),
    "documents": _("Mes documents"),
    "rights": _("Mes droits"),
    "portal": _("Ce site et mes données"),
}
