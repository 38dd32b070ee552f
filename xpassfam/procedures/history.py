"""What the history says of procedures."""

from django.utils.translation import gettext_lazy as _

from xpassfam.journal.kinds import Audience, declare

PUBLISHED = declare(
    "procedures.published",
    _("La démarche {code}, « {title} », a été publiée : version {number}."),
    audience=Audience.STAFF,
)
CONFIGURED = declare(
    "procedures.configured",
    _("La démarche {code} a été réglée : {changes}."),
    audience=Audience.STAFF,
)
