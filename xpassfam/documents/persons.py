"""About whom somebody may give a document: oneself, and whose documents one reads."""

from collections.abc import Sequence

from xpassfam.people.access import ActingAccess
from xpassfam.people.models import Person, Residence
from xpassfam.rules.visibility import Item, visible_items


def may_be_about(access: ActingAccess) -> Sequence[Person]:
    """Oneself first, then in the family's order. One query, and one more for who does not live there."""
    stays = Residence.objects.visible_to(access).select_related("person").order_by("rank", "pk")
    seen = [
        stay.person
        for stay in stays
        if Item.DOCUMENTS in visible_items(access, stay.subject) or stay.person_id == access.person_id
    ]
    if all(person.pk != access.person_id for person in seen):
        seen += Person.objects.visible_to(access).filter(pk=access.person_id)
    return sorted(seen, key=lambda person: person.pk != access.person_id)
