"""The only writers of the organisation's row and of its closings."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from xpassfam.organisation.logos import Logo
from xpassfam.organisation.models import Closing, LogoFile, Meeting, Organisation, forget


@transaction.atomic
def configure(
    organisation: Organisation, *, logos: Mapping[str, Logo | None] | None = None, by: str, at: datetime
) -> Organisation:
    """Save what was changed on `organisation`, checked whole; raise ValidationError with one message per field.

    `logos`: by field (`logo`, `dark_logo`), a new one, or None to take it away; a file that no field
    names goes. The past of the row is in the admin's own log: the journal stands above this room, and holds what
    families may read.
    """
    for field, logo in (logos or {}).items():
        setattr(organisation, field, logo.name if logo else "")
        if logo:
            LogoFile.objects.update_or_create(name=logo.name, defaults={"png": logo.png})
    organisation.full_clean()
    organisation.configured_by = by
    organisation.configured_at = at
    organisation.save()
    LogoFile.objects.exclude(name__in=[organisation.logo, organisation.dark_logo]).delete()
    return organisation


@transaction.atomic
def close(closing: Closing, *, by: str, at: datetime) -> Closing:
    """Save a closing, new or changed, checked; raise ValidationError. Days already promised stay promised."""
    closing.written_by, closing.written_at = by, at
    closing.full_clean()
    closing.save()
    _read_again()
    return closing


@transaction.atomic
def open_again(closing: Closing) -> None:
    """Take a closing back; the admin's own log says who did."""
    closing.delete()
    _read_again()


def plan(meeting: Meeting, *, by: str, at: datetime) -> Meeting:
    """Save a meeting of the committee, checked; raise ValidationError. What was referred to it keeps its day."""
    meeting.written_by, meeting.written_at = by, at
    meeting.full_clean()
    meeting.save()
    return meeting


def _read_again() -> None:
    """Closings are kept with the row."""
    forget()
    transaction.on_commit(forget)
