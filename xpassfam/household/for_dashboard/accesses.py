"""What waits for the viewer about accesses: invitations to answer, a separation that asks their agreement.

What waits for somebody else, an invitation sent or the organisation's decision, is on its own page.
"""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from xpassfam.people.access import FamilyRequest
from xpassfam.people.models import Invitation
from xpassfam.rules.visibility import COUPLE_ROLES
from xpassfam.ui.gathering import Todo


def waiting(request: FamilyRequest, *, at: datetime) -> list[Todo]:
    """One query."""
    mine = Invitation.objects.waiting(at).filter(person=request.access.person_id)
    received = mine.select_related("invited_by").order_by("-created_at")[:5]
    return [*_separation(request), *map(_received, received)]


def _received(invitation: Invitation) -> Todo:
    return Todo(
        title=_("{name} vous invite").format(name=invitation.invited_by),
        note=_("À vous de dire si vous acceptez cet accès."),
        link_text=_("Répondre"),
        link_url=reverse("household:invitation", args=[invitation.public_id]),
        icon="mail",
        until=invitation.expires_at,
    )


def _separation(request: FamilyRequest) -> list[Todo]:
    access = request.access
    asks_me = access.is_taken_back and access.separation_by != access.person_id
    if not asks_me or access.role not in COUPLE_ROLES:
        return []
    return [
        Todo(
            title=_("Le partage du dossier est suspendu"),
            note=_("Votre accord est demandé."),
            link_text=_("Répondre"),
            link_url=reverse("household:separation"),
            icon="split",
        )
    ]
