"""An access that ends, told to whom it concerns."""

from datetime import datetime

from django.db import transaction

from xpassfam.accounts.contacts import tell
from xpassfam.accounts.models.channels import Subject
from xpassfam.journal.actions import Actor
from xpassfam.people.access import ActingAccess
from xpassfam.people.actions import granting
from xpassfam.people.models import Access, Residence


def end(access: Access, *, viewer: ActingAccess, by: Actor, at: datetime) -> Access:
    """Take it back, or give up one's own. Raise NotAllowed."""
    with transaction.atomic():
        ended = granting.end(access, viewer=viewer, by=by, at=at)
        context = {"household": viewer.household_name}
        if ended.person_id != viewer.person_id:
            tell(ended.person, "household/mail/access_ended", at=at, context=context, subject=Subject.HOME)
            return ended
        holders = Residence.objects.visible_to(viewer).filter(role=Residence.Role.HOLDER).select_related("person")
        for stay in holders.exclude(person=ended.person):
            tell(
                stay.person,
                "household/mail/access_given_up",
                at=at,
                context={"name": str(ended.person)},
                subject=Subject.HOME,
            )
    return ended
