"""Who else will read what a family is about to send."""

from collections.abc import Sequence

from xpassfam.filings.asking import person_concerned
from xpassfam.filings.models import Filing
from xpassfam.household.readers import Reader, readers
from xpassfam.people.access import ActingAccess
from xpassfam.people.models import Person, Residence
from xpassfam.rules.visibility import Item, Subject, Viewer, may_see_filed


def others_who_read(draft: Filing, access: ActingAccess) -> tuple[Sequence[str], str]:
    """The names of the home's other adults who will, and the child of two homes whom it concerns. Six queries."""
    about = person_concerned(draft)
    stays = Residence.objects.visible_to(access).filter(person=about.pk if about else access.person_id)
    stay = stays.select_related("person").first()
    subject = _subject(about, stay, access)
    is_for_home = about is None and not access.lives_there and draft.is_by_an_outsider
    others = [reader for reader in readers(access) if not reader.is_self]
    names = [one.name for one in others if _reads(one, subject, draft, access, is_for_home=is_for_home)]
    is_shared = bool(about and stay and stay.is_shared)
    return names, about.first_name if about and is_shared else ""


def _subject(about: Person | None, stay: Residence | None, access: ActingAccess) -> Subject:
    if stay is None:
        return Subject(about.pk if about else access.person_id)
    return stay.subject


def _reads(reader: Reader, subject: Subject, draft: Filing, access: ActingAccess, *, is_for_home: bool) -> bool:
    viewer = Viewer(
        person_id=reader.access.person_id,
        household_id=access.household_id,
        on=access.on,
        permission=reader.access.permission,
        role=reader.role,
        represents=not reader.role and reader.access.origin == "register",
        is_frozen=access.is_frozen,
    )
    return may_see_filed(
        viewer,
        Item.REQUESTS,
        about=subject,
        household_id=access.household_id,
        filed_by=draft.filed_by_id,
        is_private=draft.is_private,
        is_for_home=is_for_home,
    )
