"""A family gives a document."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from xpassfam.documents import history
from xpassfam.documents.actions.uploading import may_send
from xpassfam.documents.kinds import About, Kind
from xpassfam.documents.models import Attached, Document, PendingUpload
from xpassfam.documents.telling import record
from xpassfam.journal.actions import Actor
from xpassfam.people.access import ActingAccess
from xpassfam.people.models import Household, Person
from xpassfam.rules.documents import good_until, reminder_due

MOST_FILES = 10


class NotAllowed(Exception):
    """The access does not let its holder give this, about this person."""


class Gone(Exception):
    """A file is no longer there: taken back, used by another document, or never this person's."""


def receive(
    household: Household,
    *,
    kind: Kind,
    person: Person | None,
    uploads: Sequence[PendingUpload],
    access: ActingAccess,
    form_key: str,
    issued_on: date | None = None,
    ends_on: date | None = None,
    is_private: bool = False,
    replaces: Document | None = None,
    by: Actor,
    at: datetime,
) -> Document:
    """Make a document of files that `uploading.keep` kept, in their order. The same form twice gives the first's.

    `person`: whom it is about, None for the whole home. `issued_on`: the day it bears, or that of today; `ends_on`:
    its own last day, where one is written on it. `is_private`: who gives it alone reads it. `replaces`: what it takes
    the place of, of the same kind and about the same person. Raise NotAllowed, Gone.
    """
    _refuse_what_is_not_theirs(household, kind, person, access)
    with transaction.atomic():
        # Two that send the same form wait for each other here.
        Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
        if first := Document.objects.given_with(form_key, by=access):
            return first
        if replaces and not _may_be_replaced(replaces, kind, person, access):
            raise NotAllowed
        held = _held(uploads, access)
        issued = issued_on or access.on
        valid_until = good_until(kind.validity, issued_on=issued, ends_on=ends_on)
        document = Document.objects.create(
            household=household,
            person=person,
            kind=kind.code,
            is_restricted=kind.is_restricted,
            is_private=is_private,
            issued_on=issued,
            valid_until=valid_until,
            # Who has just given it knows how long it lasts.
            warned_days=reminder_due(valid_until, on=timezone.localdate(at)) if valid_until else None,
            given_by_id=access.person_id,
            given_at=at,
            form_key=form_key,
        )
        Attached.objects.bulk_create(
            Attached(document=document, file_id=upload.file_id, rank=rank) for rank, upload in enumerate(held, 1)
        )
        PendingUpload.objects.filter(pk__in=[upload.pk for upload in held]).delete()
        if replaces:
            Document.objects.filter(pk=replaces.pk).update(replaced_by=document)
        record(history.RENEWED if replaces else history.GIVEN, document, by=by, at=at)
    return document


def _refuse_what_is_not_theirs(household: Household, kind: Kind, person: Person | None, access: ActingAccess) -> None:
    fits = kind.about is About.EITHER or (kind.about is About.HOME) == (person is None)
    is_seen = person is None or Person.objects.visible_to(access).filter(pk=person.pk).exists()
    if household.pk != access.household_id or not may_send(access) or not fits or not is_seen:
        raise NotAllowed


def _may_be_replaced(document: Document, kind: Kind, person: Person | None, access: ActingAccess) -> bool:
    same = Document.objects.visible_to(access).in_force().filter(kind=kind.code, person=person)
    return kind.is_reusable and same.filter(pk=document.pk).exists()


def _held(uploads: Sequence[PendingUpload], access: ActingAccess) -> list[PendingUpload]:
    wanted = [upload.pk for upload in uploads]
    mine = PendingUpload.objects.visible_to(access).select_for_update(of=("self",))
    found = {upload.pk: upload for upload in mine.filter(pk__in=wanted)}
    if not wanted or len(wanted) > MOST_FILES or set(found) != set(wanted):
        raise Gone
    return [found[pk] for pk in dict.fromkeys(wanted)]
