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
PASSWORD_DUE = declare(
    "accounts.password_due",
    _("Nouveau mot de passe demandé par l’organisation : {why} Tous les appareils ont été déconnectés."),
    audience=Audience.SELF,
)
PASSWORDS_DUE = declare(
    "accounts.passwords_due", _("Nouveau mot de passe demandé à {n} comptes : {why}"), audience=Audience.STAFF
)
ADDRESS_REMINDED = declare(
    "accounts.address_reminded",
    _("Rappel de l’adresse du compte, envoyé aux adresses déjà connues."),
    audience=Audience.SELF,
    kept=SIGN_INS,
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
SECOND_STEP_ON = declare(
    "accounts.second_step_on", _("Deuxième étape à la connexion, ajoutée : {method}."), audience=Audience.SELF
)
SECOND_STEP_OFF = declare(
    "accounts.second_step_off", _("Deuxième étape à la connexion, retirée : {method}."), audience=Audience.SELF
)
SECOND_STEP_REFUSED = declare(
    "accounts.second_step_refused",
    _("Connexion arrêtée à la deuxième étape, avec le bon mot de passe : trop de codes faux."),
    audience=Audience.SELF,
    kept=SIGN_INS,
)
RECOVERY_CODES_MADE = declare(
    "accounts.recovery_codes_made",
    _("Nouveaux codes de secours. Ceux d’avant ne servent plus."),
    audience=Audience.SELF,
)
RECOVERY_CODE_USED = declare(
    "accounts.recovery_code_used",
    _("Connexion avec un code de secours. Il en reste {left}."),
    audience=Audience.SELF,
    kept=SIGN_INS,
)
SECOND_STEP_POLICY = declare(
    "accounts.second_step_policy",
    _("Règle de la deuxième étape pour {name} : {policy}."),
    audience=Audience.SELF,
)
PHONE_CHANGED = declare(
    "accounts.phone_changed", _("Téléphone de sécurité changé."), audience=Audience.SELF, is_changed=True
)
CHANNELS_CHOSEN = declare(
    "accounts.channels_chosen", _("Nouveaux choix pour les messages du portail."), audience=Audience.SELF
)
# In the words of any choice, and under its name: a history is read over a shoulder, an archive is left lying about.
DISCREET_ON = declare(
    "accounts.discreet_on", CHANNELS_CHOSEN.sentence, audience=Audience.SELF, told_as=CHANNELS_CHOSEN.code
)
DISCREET_OFF = declare(
    "accounts.discreet_off", CHANNELS_CHOSEN.sentence, audience=Audience.SELF, told_as=CHANNELS_CHOSEN.code
)
DISOWNED = declare(
    "accounts.disowned",
    _("« Ce n’était pas moi », depuis un message reçu : {what}. Toutes les connexions sont fermées."),
    audience=Audience.SELF,
)
CLOSING_ASKED = declare(
    "accounts.closing_asked", _("Fermeture du compte demandée, pour le {day}."), audience=Audience.SELF
)
CLOSING_STOPPED = declare("accounts.closing_stopped", _("Fermeture du compte arrêtée."), audience=Audience.SELF)
INACTIVE_WARNED = declare(
    "accounts.inactive_warned",
    _("E-mail envoyé : le compte n’a pas servi depuis longtemps, il fermera le {day}."),
    audience=Audience.SELF,
)
CLOSED = declare("accounts.closed", _("Compte fermé. Raison : {why}"), audience=Audience.SELF)

CONFIRMED = declare(
    "accounts.confirmed",
    _("Identité prouvée de nouveau, avant un acte important."),
    audience=Audience.SELF,
    kept=SIGN_INS,
)
CONFIRMATION_REFUSED = declare(
    "accounts.confirmation_refused",
    _("Acte important refusé : le mot de passe n’était pas le bon."),
    audience=Audience.SELF,
    kept=SIGN_INS,
)
FROZEN = declare(
    "accounts.frozen", _("Changements importants bloqués jusqu’au {until} : {reason}."), audience=Audience.SELF
)
# Of discreet mode alone: read on the page as any other, but nothing of it is in an archive.
FROZEN_DISCREET = declare("accounts.frozen_discreet", FROZEN.sentence, audience=Audience.SELF, is_taken_away=False)
UNFROZEN = declare("accounts.unfrozen", _("Changements importants de nouveau permis."), audience=Audience.SELF)
RECOVERY_STARTED = declare(
    "accounts.recovery_started",
    _("Courrier de secours demandé : tout est perdu. Rien ne s’ouvre avant le {opens}."),
    audience=Audience.SELF,
)
RECOVERY_PRINTED = declare(
    "accounts.recovery_printed", _("Courrier de secours imprimé, pour l’adresse du dossier."), audience=Audience.SELF
)
RECOVERY_STOPPED = declare(
    "accounts.recovery_stopped", _("Secours arrêté : son courrier n’ouvre plus rien."), audience=Audience.SELF
)
RECOVERY_SPENT = declare(
    "accounts.recovery_spent",
    _("Secours arrêté : le bon courrier, mais trop de mots de secours faux."),
    audience=Audience.SELF,
)
RECOVERED = declare(
    "accounts.recovered", _("Compte rouvert par courrier. La deuxième étape est retirée."), audience=Audience.SELF
)
RECOVERED_ELSEWHERE = declare(
    "accounts.recovered_elsewhere",
    _("Compte rouvert par courrier, à l’adresse {email}. La deuxième étape est retirée, le mot de passe est nouveau."),
    audience=Audience.SELF,
)
STAFF_STEP_REMOVED = declare(
    "accounts.staff_step_removed",
    _("Deuxième étape retirée par un autre administrateur : {name}."),
    audience=Audience.STAFF,
)

DEVICE_ENDED = declare(
    "accounts.device_ended", _("Appareil déconnecté : {ended}."), audience=Audience.SELF, kept=SIGN_INS
)
EVERYBODY_ENDED = declare(
    "accounts.everybody_ended",
    _("Toutes les sessions fermées, à la demande de l’exploitant."),
    audience=Audience.STAFF,
)
OTHERS_ENDED = declare(
    "accounts.others_ended", _("Tous les autres appareils déconnectés."), audience=Audience.SELF, kept=SIGN_INS
)

EMAIL_ASKED = declare(
    "accounts.email_asked",
    _("Nouvelle adresse de connexion demandée : {email}."),
    audience=Audience.SELF,
    kept=SIGN_INS,
)
EMAIL_CHANGED = declare(
    "accounts.email_changed", _("Nouvelle adresse de connexion."), audience=Audience.SELF, is_changed=True
)
EMAIL_REVERT_PROPOSED = declare(
    "accounts.email_revert_proposed",
    _("Un agent propose de remettre l’ancienne adresse de connexion. Un autre agent doit être d’accord."),
    audience=Audience.SELF,
)
EMAIL_REVERTED = declare(
    "accounts.email_reverted",
    _("Ancienne adresse de connexion remise, par deux agents. Tous les appareils ont été déconnectés."),
    audience=Audience.SELF,
    is_changed=True,
)
EMAIL_PUT_BACK = declare(
    "accounts.email_put_back",
    _("Ancienne adresse de connexion remise, avec la deuxième étape. Les autres appareils ont été déconnectés."),
    audience=Audience.SELF,
    is_changed=True,
)

HELPED = declare(
    "accounts.helped",
    _("Message envoyé à votre adresse, par {actor}, pour vous aider à entrer."),
    audience=Audience.SELF,
    kept=SIGN_INS,
)


def instant(at: datetime) -> str:
    """As it is read in a sentence: « 3 mars 2026, 10 h 05 »."""
    return f"{words.full_day(at)}, {words.clock(at)}"
