"""What the menus hold: address name, label, icon. An entry comes with its page."""

from django.utils.translation import gettext_lazy as _

FAMILY_MENU = [
    ("dashboard:home", _("Accueil"), "house"),
    ("household:home", _("Foyer"), "users"),
    ("procedures:catalogue", _("Démarches"), "clipboard-list"),
    ("documents:home", _("Documents"), "folder"),
]
# Rooms whose pages stand under another room’s entry.
MENU_OF_ROOM = {"filings": "procedures"}
ACCOUNT_MENU = [
    ("household:profile", _("Mon profil"), "user-round"),
    ("dashboard:history", _("Historique"), "history"),
    ("accounts:change-password", _("Changer mon mot de passe"), "key-round"),
]
