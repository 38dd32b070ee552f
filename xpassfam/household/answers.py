"""What agents answered, as the family reads it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from xpassfam.household.fields import FIELDS, Field, on_one_line
from xpassfam.household.models import Change
from xpassfam.household.standing import Subject
from xpassfam.household.telling import what
from xpassfam.people.access import ActingAccess

CORRECTS = "corriger"  # in the address of a form: the refused change that it starts from


@dataclass(frozen=True)
class Answer:
    change: Change
    is_approved: bool
    title: str
    value: str
    reason: str
    again_url: str


def answers_for(access: ActingAccess) -> list[Answer]:
    """Those not yet put away, by whoever asked. One query."""
    changes = (
        Change.objects.visible_to(access)
        .unread_by(access)
        .select_related("person", "household")
        .order_by("decided_at", "pk")
    )
    return [_answer(change) for change in changes]


def _answer(change: Change) -> Answer:
    is_approved = change.status == Change.Status.APPROVED
    field = FIELDS[change.field]
    title = _("Changement accepté : {what}") if is_approved else _("Changement refusé : {what}")
    return Answer(
        change=change,
        is_approved=is_approved,
        title=title.format(what=what(change)),
        value=on_one_line(field, change.after),
        reason=change.get_reason_display() if change.reason else "",
        again_url=_again_url(change, field),
    )


def _again_url(change: Change, field: Field) -> str:
    """The form, with what was refused filled in."""
    url = Subject(field.whose, change.person or change.household).change_url(field)
    return f"{url}?{urlencode({CORRECTS: change.public_id})}"


def refused_texts(public_id: str, field: Field, subject: Subject, access: ActingAccess) -> dict[str, str] | None:
    """What whoever asks now had asked of this very field, and was refused."""
    refused = Change.objects.visible_to(access).filter(asked_by=access.person_id, status=Change.Status.REFUSED)
    change = refused.filter(public_id=public_id, person=subject.person, field=field.code).first()
    return change.after if change else None
