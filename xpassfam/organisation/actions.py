"""The only writer of the organisation's row."""

from datetime import datetime

from django.db import transaction

from xpassfam.organisation.models import Organisation


@transaction.atomic
def configure(organisation: Organisation, *, by: str, at: datetime) -> Organisation:
    """Save what was changed on `organisation`, checked whole; raise ValidationError with one message per field.

    Its past is in the admin's own log: the journal stands above this room, and holds what families may read.
    """
    organisation.full_clean()
    organisation.configured_by = by
    organisation.configured_at = at
    organisation.save()
    return organisation
