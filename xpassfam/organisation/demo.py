"""The demo's organisation: « Solidarité Familles Estuaire », Nantes."""

from datetime import datetime

from django.conf import settings

from xpassfam.organisation.files import load as load_file
from xpassfam.organisation.models import Organisation

FILE = settings.ROOT / "examples" / "organisations" / "solidarite-familles-estuaire.toml"


def load(*, at: datetime) -> Organisation:
    """Written once: what somebody tried in `/admin/` is still there at the next start."""
    return Organisation.objects.first() or load_file(FILE, by="demo", at=at)
