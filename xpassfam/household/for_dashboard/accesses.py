"""What waits for the viewer about accesses: invitations to answer, a separation that asks their agreement.

What waits for somebody else, an invitation sent or the organisation's decision, is on its own page.
"""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from xpassfam.people.access import ActingAccess, FamilyRequest
from xpassfam.people.models import Invitation, Person
from xpassfam.people.prepared import Prepared
from xpassfam.rules.visibility import COUPLE_ROLES
from xpassfam.ui.gathering import Todo


def waiting(request: FamilyRequest, *, at: datetime) -> list[Todo]:
    """One query."""
    return [*_separation(request), *(_received(*row) for row in to_answer(request.access, at=at))]


def to_answer(access: ActingAccess, *, at: datetime) -> list[tuple[Any, ...]]:
    return _RECEIVED.rows(person_id=access.person_id, at=at)


def _to_answer(*, person_id: int, at: datetime) -> "QuerySet[Invitation, Any]":
    mine = Invitation.objects.waiting(at).filter(person=person_id).order_by("-created_at")[:5]
    return mine.values_list("public_id", "expires_at", "invited_by__first_names", "invited_by__last_name")


_RECEIVED = Prepared(_to_answer)


def _received(public_id: str, expires_at: datetime, first_names: str, last_name: str) -> Todo:
    return Todo(
        title=_("{name} vous invite").format(name=Person(first_names=first_names, last_name=last_name)),
        note=_("À vous de dire si vous acceptez cet accès."),
        link_text=_("Répondre"),
        link_url=reverse("household:invitation", args=[public_id]),
        icon="mail",
        until=expires_at,
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
