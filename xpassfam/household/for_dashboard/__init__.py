"""What the household shows on the dashboard."""

from datetime import datetime

from xpassfam.household import portraits, sentences
from xpassfam.household.for_dashboard import accesses, data
from xpassfam.people.access import FamilyRequest
from xpassfam.ui.gathering import Card, Todo


def todo(request: FamilyRequest, *, at: datetime) -> list[Todo]:
    """Three queries, whatever the family."""
    return [*accesses.waiting(request, at=at), *data.waiting(request)]


def cards(request: FamilyRequest, *, at: datetime) -> list[Card]:
    """The persons, as a picture and as a list; the numbers that people look for. One query."""
    residents = {"residents": portraits.residents(request.access), "title": sentences.title(request.access)}
    numbers = {
        "member_number": request.user.person.member_number,  # type: ignore[union-attr]
        "file_number": request.access.file_number,
    }
    return [
        Card("household/greeting.html", residents, place="greeting"),
        Card("household/card.html", residents, place="aside"),
        Card("household/numbers.html", numbers),
    ]
