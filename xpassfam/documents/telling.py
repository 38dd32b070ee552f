"""Who is told of what happens to a document."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.documents import history
from xpassfam.documents.models import Document
from xpassfam.journal.actions import Actor, Entry, Fact, write
from xpassfam.rules.ages import is_adult_on


def record(code: str, document: Document, *, by: Actor, at: datetime, **facts: Fact) -> None:
    """One line for the home; of an adult's own document, one for that adult, and one for who gave it.

    Of a private one, who gave it alone is told. Of a restricted one the home does not read what it is.
    """
    for entry in entries(code, document, at=at, **facts):
        write(
            entry.kind,
            by=by,
            at=at,
            household=entry.household,
            person=entry.person,
            facts=entry.facts,
        )


def entries(code: str, document: Document, *, at: datetime, **facts: Fact) -> list[Entry]:
    home, about = document.household.public_id, document.person
    giver = document.given_by.public_id
    if document.is_private or (about and is_adult_on(timezone.localdate(at), born=about.birth_date)):
        readers = {giver} if document.is_private or not about else {about.public_id, giver}
        kind, told = history.kind_of(code, is_own=True), {"kind": document.described.label, **facts}
        return [Entry(kind, household=home, person=one, facts=told) for one in sorted(readers)]
    if document.is_restricted and "reason" in facts:
        facts["reason"] = _("voir le document.")
    kind = history.kind_of(code, is_own=False)
    return [
        Entry(
            kind, household=home, person=about.public_id if about else "", facts={"kind": document.told_label, **facts}
        )
    ]
