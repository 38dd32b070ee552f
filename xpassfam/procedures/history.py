"""What the history says of procedures."""

from django.utils.translation import gettext_lazy as _

from xpassfam.journal.kinds import Audience, declare

PUBLISHED = declare(
    "procedures.published",
    _("La démarche {code}, «\u00a0{title}\u00a0», a été publiée\u00a0: version {number}."),
    audience=Audience.STAFF,
)
CONFIGURED = declare(
    "procedures.configured",
    _("La démarche {code} a été réglée\u00a0: {changes}."),
    audience=Audience.STAFF,
)
