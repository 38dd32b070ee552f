"""What the history says of accounts."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from xpassfam.journal.kinds import Audience, declare
from xpassfam.rules.retention import CONSULTATIONS, SIGN_INS
from xpassfam.ui import words

ACCOUNT_OPENED = declare("accounts.opened", _("Ouverture du compte, à l’adresse {email}."), audience=Audience.SELF)
SIGNED_IN = declare("accounts.signed_in", _("Connexion depuis {device}."), audience=Audience.SELF, kept=SIGN_INS)
SIGNED_OUT = declare("accounts.signed_out", _("Déconnexion sur cet appareil."), audience=Audience.SELF, kept=SIGN_INS)
SIGN_IN_PAUSED = declare(
    "accounts.sign_in_paused",
    _("Trop d’essais de connexion : pause sur les appareils inconnus."),
    audience=Audience.SELF,
    kept=SIGN_INS,
)
PAUSE_LIFTED = declare(
    "accounts.pause_lifted", _("Déblocage de la connexion par e-mail."), audience=Audience.SELF, kept=SIGN_INS
)
PASSWORD_RESET_ASKED = declare(
    "accounts.password_reset_asked", _("Demande d’un nouveau mot de passe."), audience=Audience.SELF, kept=SIGN_INS
)
PASSWORD_CHANGED = declare(
    "accounts.password_changed",
    _("Changement du mot de passe. Les autres appareils ont été déconnectés."),
    audience=Audience.SELF,
    kept=SIGN_INS,
)
CODE_ISSUED = declare("accounts.code_issued", _("Envoi d’un code d’activation."), audience=Audience.STAFF)
CODE_REISSUED = declare(
    "accounts.code_reissued",
    _("Nouvelle lettre avec un code d’activation : {name}. Le code d’avant ne marche plus."),
    audience=Audience.HOUSEHOLD,
)
CODE_POSTED = declare("accounts.code_asked", _("Demande d’un code d’activation par courrier."), audience=Audience.STAFF)
STAFF_CREATED = declare("accounts.staff_created", _("Compte créé : {name}, {role}."), audience=Audience.STAFF)
STAFF_CHANGED = declare("accounts.staff_changed", _("Compte modifié : {name}, {role}."), audience=Audience.STAFF)
ACCESS_BLOCKED = declare("accounts.blocked", _("Accès bloqué : {name}."), audience=Audience.STAFF)
ACCESS_REOPENED = declare("accounts.reopened", _("Accès rouvert : {name}."), audience=Audience.STAFF)
SIGNED_IN_ANEW = declare(
    "accounts.signed_in_anew",
    _("Connexion depuis un nouvel appareil : {device}."),
    audience=Audience.SELF,
    kept=SIGN_INS,
)
SIGN_IN_REFUSED = declare(
    "accounts.sign_in_refused",
    _("Connexion refusée, avec le bon mot de passe : l’accès est bloqué."),
    audience=Audience.SELF,
    kept=SIGN_INS,
)
PASSWORD_CHANGE_REFUSED = declare(
    "accounts.password_change_refused",
    _("Changement de mot de passe refusé : le mot de passe actuel n’était pas le bon."),
    audience=Audience.SELF,
    kept=SIGN_INS,
)
LINE_CONTESTED = declare(
    "accounts.sign_in_contested",
    _("« Ce n’est pas moi », pour la ligne du {contested} : {what}. Les autres appareils ont été déconnectés."),
    audience=Audience.SELF,
)
CONTESTATION_READ = declare(
    "accounts.contestation_read",
    _("Un agent a ouvert votre signalement « Ce n’est pas moi » sur la ligne du {contested}."),
    audience=Audience.SELF,
    kept=CONSULTATIONS,
)
CONTESTATION_CLOSED = declare(
    "accounts.contestation_closed",
    _("Votre signalement « Ce n’est pas moi » sur la ligne du {contested} est traité : {answer}"),
    audience=Audience.SELF,
)


def instant(at: datetime) -> str:
    """As it is read in a sentence: « 3 mars 2026, 10 h 05 »."""
    return f"{words.full_day(at)}, {words.clock(at)}"
