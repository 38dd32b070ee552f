"""What the history says of tickets. Never what is in them: their page has it."""

from django.utils.translation import gettext_lazy as _

from xpassfam.journal.kinds import Audience, declare
from xpassfam.rules.retention import CONSULTATIONS

SENT = declare("support.sent", _("Demande d’aide {reference} envoyée : {title}."), audience=Audience.SELF)
PROVED = declare(
    "support.proved",
    _("Demande d’aide {reference} rattachée au compte, par l’e-mail du compte."),
    audience=Audience.SELF,
)
WRITTEN = declare("support.written", _("Message sur la demande d’aide {reference}."), audience=Audience.SELF)
ANSWERED = declare("support.answered", _("Réponse à la demande d’aide {reference}."), audience=Audience.SELF)
CLOSED = declare("support.closed", _("Demande d’aide {reference} close."), audience=Audience.SELF)
REOPENED = declare("support.reopened", _("Demande d’aide {reference} rouverte."), audience=Audience.SELF)
LINKED_TO_FILING = declare(
    "support.linked_filing", _("Demande d’aide {reference} liée à la demande {filing}."), audience=Audience.SELF
)
LINKED_TO_DOCUMENT = declare(
    "support.linked_document", _("Demande d’aide {reference} liée à un document."), audience=Audience.SELF
)
READ = declare(
    "support.read", _("Lecture de la demande d’aide {reference}."), audience=Audience.SELF, kept=CONSULTATIONS
)
UNLOCK_SENT = declare(
    "support.unlock_sent",
    _("L’assistance a fait partir un lien de déblocage, à l’adresse du compte (demande d’aide {reference})."),
    audience=Audience.SELF,
)
ACTIVATION_SENT = declare(
    "support.activation_sent",
    _("L’assistance a fait repartir de quoi ouvrir le compte (demande d’aide {reference})."),
    audience=Audience.SELF,
)
