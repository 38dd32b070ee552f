"""What the history says of what administrators publish."""

from django.utils.translation import gettext_lazy as _

from xpassfam.journal.kinds import Audience, declare

WRITTEN = declare("services.written", _("Services et avantages, écrit : {what}."), audience=Audience.STAFF)
REMOVED = declare("services.removed", _("Services et avantages, supprimé : {what}."), audience=Audience.STAFF)
