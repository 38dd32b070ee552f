"""The demo's organisation: « Solidarité Familles Estuaire », Nantes."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from xpassfam.organisation.actions import plan
from xpassfam.organisation.files import load as load_file
from xpassfam.organisation.models import Meeting, Organisation, next_meeting

FILE = settings.ROOT / "examples" / "organisations" / "solidarite-familles-estuaire.toml"

TUESDAY = 1


def load(*, at: datetime) -> Organisation:
    """Written once: what somebody tried in `/admin/` is still there at the next start. Meetings go on coming."""
    today = timezone.localdate(at)
    if next_meeting(on=today) is None:
        tuesday = today + timedelta(days=(TUESDAY - today.weekday()) % 7)
        for weeks in (1, 5, 9):
            plan(Meeting(on=tuesday + timedelta(weeks=weeks)), by="demo", at=at)
    return Organisation.objects.first() or load_file(FILE, by="demo", at=at)
