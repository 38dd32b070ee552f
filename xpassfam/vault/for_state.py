"""What the public page of state says of files."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from xpassfam.organisation.state import declare
from xpassfam.vault.models import Outage
from xpassfam.vault.watching import outages


@declare
def told() -> Sequence[str]:
    """One query."""
    away, said = outages(), []
    if Outage.Part.STORE in away:
        said.append(_("Les documents ne s’ouvrent pas et ne se déposent pas pour l’instant. Rien n’est perdu."))
    if Outage.Part.SCANNER in away:
        said.append(_("Les documents déposés sont vérifiés plus tard. Rien n’est perdu."))
    return said
