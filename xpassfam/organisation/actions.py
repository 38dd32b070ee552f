"""The only writer of the organisation's row."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from xpassfam.organisation.logos import Logo
from xpassfam.organisation.models import LogoFile, Organisation


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
