"""What waits about accesses: invitations received or sent, and a separation that waits for a word."""

from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from xpassfam.household import sentences
from xpassfam.people.access import FamilyRequest
from xpassfam.people.models import Invitation
from xpassfam.ui.gathering import Todo


def waiting(request: FamilyRequest, *, at: datetime) -> list[Todo]:
    """One query."""
    access = request.access
    mine, ours = Q(person=access.person_id), Q(invited_by=access.person_id, household=access.household_id)
    told = Invitation.objects.told_waiting(at).filter(mine | ours).select_related("invited_by", "person")
    items = [
        _received(invitation) if invitation.person_id == access.person_id else _sent(invitation)
        for invitation in told.order_by("-created_at")[:5]
        if invitation.person_id != access.person_id or not invitation.answer
    ]
    return [*_separation(request), *items]


def _received(invitation: Invitation) -> Todo:
    return Todo(
        title=_("{name} vous invite").format(name=invitation.invited_by),
        note=_("À vous de dire si vous acceptez cet accès."),
        link_text=_("Répondre"),
        link_url=reverse("household:invitation", args=[invitation.public_id]),
        icon="mail",
        until=invitation.expires_at,
    )


def _sent(invitation: Invitation) -> Todo:
    return Todo(
        title=_("Invitation de {name}").format(name=sentences.named(invitation)),
        note=_("Sa réponse est attendue. Vous pouvez renvoyer ou retirer l’invitation."),
        link_text=_("Voir"),
        link_url=reverse("household:access"),
        icon="hourglass",
    )


def _separation(request: FamilyRequest) -> list[Todo]:
    access = request.access
    if not access.is_frozen or not access.role or access.role not in ("holder", "partner"):
        return []
    asks_me = access.is_taken_back and access.separation_by != access.person_id
    return [
        Todo(
            title=_("Le partage du dossier est suspendu"),
            note=_("Votre accord est demandé.") if asks_me else _("L’organisation règle la séparation déclarée."),
            link_text=_("Répondre") if asks_me else _("Voir où cela en est"),
            link_url=reverse("household:separation"),
            icon="split",
        )
    ]
