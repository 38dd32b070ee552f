"""Invitations as whoever is invited finds them, with or without a household of their own."""

from datetime import datetime

from xpassfam.people.models import Invitation


def waiting_for(person_id: int, *, at: datetime) -> list[Invitation]:
    rows = Invitation.objects.waiting(at).filter(person=person_id).select_related("invited_by", "household")
    return list(rows.order_by("-created_at"))


def find(person_id: int, public_id: str) -> Invitation | None:
    """Their own, answered or not; nobody else's."""
    rows = Invitation.objects.filter(person=person_id, public_id=public_id)
    return rows.select_related("invited_by", "household").first()
