"""What the menus hold: address name, label, icon. An entry comes with its page."""

from django.utils.translation import gettext_lazy as _

FAMILY_MENU = [
    ("dashboard:home", _("Accueil"), "house"),
    ("household:home", _("Foyer"), "users"),
    ("entitlements:rights", _("Droits"), "shield-check"),
    ("procedures:catalogue", _("Démarches"), "clipboard-list"),
    ("dashboard:documents", _("Documents"), "folder"),
]
# Rooms whose pages stand under another room’s entry.
MENU_OF_ROOM = {
    "filings": "procedures:catalogue",
    "documents": "dashboard:documents",
    "certificates": "dashboard:documents",
    "services": "entitlements:rights",
}
ACCOUNT_MENU = [
    ("household:profile", _("Mon profil"), "user-round"),
    ("dashboard:history", _("Historique"), "history"),
    ("accounts:security", _("Sécurité et appareils"), "shield-check"),
    ("privacy:own-data", _("Mes données"), "file-text"),
    ("support:tickets", _("Mes demandes d’aide"), "life-buoy"),
]
