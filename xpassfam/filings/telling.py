"""What happens to a filing, told to those who may know: to the history, and by mail."""

from datetime import datetime
from typing import Any

from xpassfam.filings.models import Filing
from xpassfam.household.contacts import tell
from xpassfam.journal.actions import Actor, write
from xpassfam.journal.kinds import Kind


def record(filing: Filing, kind: Kind, *, by: Actor, at: datetime, **facts: str) -> None:
    """One line in the history of the home, in the caller's transaction. Of a shared child, the other home has none."""
    write(
        kind,
        by=by,
        at=at,
        household=filing.household.public_id,
        person=filing.filed_by.public_id,
        facts={"reference": filing.reference or "", "title": filing.title, **facts},
    )


def to_family(filing: Filing, template: str, *, at: datetime, **context: Any) -> None:
    """By mail to whoever filed it: what happened and what to do; the answers themselves stay on the page."""
    context = {
        "reference": filing.reference,
        "title": filing.title,
        "page": f"/mon-compte/demandes/{filing.public_id}/",
        "filed_at": filing.filed_at.isoformat() if filing.filed_at else "",
        "due_on": filing.due_on.isoformat() if filing.due_on else "",
        **context,
    }
    tell(filing.filed_by, template, at=at, context=context)
