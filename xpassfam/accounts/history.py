"""What the history says of accounts."""

from django.utils.translation import gettext_lazy as _

from xpassfam.journal.kinds import Audience, declare

ACCOUNT_OPENED = declare("accounts.opened", _("Ouverture du compte, à l’adresse {email}."), audience=Audience.SELF)
SIGNED_IN = declare("accounts.signed_in", _("Connexion depuis {device}."), audience=Audience.SELF)
SIGNED_OUT = declare("accounts.signed_out", _("Déconnexion sur cet appareil."), audience=Audience.SELF)
SIGN_IN_PAUSED = declare(
    "accounts.sign_in_paused",
    _("Trop d’essais de connexion : pause sur les appareils inconnus."),
    audience=Audience.SELF,
)
PAUSE_LIFTED = declare("accounts.pause_lifted", _("Déblocage de la connexion par e-mail."), audience=Audience.SELF)
PASSWORD_RESET_ASKED = declare(
    "accounts.password_reset_asked", _("Demande d’un nouveau mot de passe."), audience=Audience.SELF
)
PASSWORD_CHANGED = declare(
    "accounts.password_changed",
    _("Changement du mot de passe. Les autres appareils ont été déconnectés."),
    audience=Audience.SELF,
)
CODE_ISSUED = declare("accounts.code_issued", _("Envoi d’un code d’activation."), audience=Audience.STAFF)
CODE_POSTED = declare("accounts.code_asked", _("Demande d’un code d’activation par courrier."), audience=Audience.STAFF)
STAFF_CREATED = declare("accounts.staff_created", _("Création du compte de {name}, {role}."), audience=Audience.STAFF)
STAFF_CHANGED = declare(
    "accounts.staff_changed", _("Modification du compte de {name}, {role}."), audience=Audience.STAFF
)
ACCESS_BLOCKED = declare("accounts.blocked", _("Blocage de l’accès de {name}."), audience=Audience.STAFF)
ACCESS_REOPENED = declare("accounts.reopened", _("Réouverture de l’accès de {name}."), audience=Audience.STAFF)
SIGN_IN_CONTESTED = declare(
    "accounts.sign_in_contested",
    _("Connexion du {line_at} : « Ce n’est pas moi ». Les autres appareils ont été déconnectés."),
    audience=Audience.SELF,
)
