"""What the portal has to say to everybody at an instant: works to come or under way, and the organisation's message."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from xpassfam.organisation.models import Organisation
from xpassfam.ui import words


@dataclass(frozen=True)
class Notices:
    is_closed: bool
    is_announced: bool
    starts_at: datetime | None
    ends_at: datetime | None
    about_works: str
    message: str

    @property
    def ends_in_words(self) -> str:
        """« jusqu’à 23 h », with the day when it is not the first one's."""
        if self.starts_at is None or self.ends_at is None:
            return ""
        time = words.clock(self.ends_at)
        if localdate(self.starts_at) == localdate(self.ends_at):
            return _("jusqu’à {time}").format(time=time)
        return _("jusqu’au {day} à {time}").format(day=words.short_day(self.ends_at), time=time)

    def __bool__(self) -> bool:
        return self.is_closed or self.is_announced or bool(self.message)


def notices(organisation: Organisation, *, at: datetime) -> Notices:
    return Notices(
        is_closed=organisation.is_in_maintenance(at),
        is_announced=organisation.announces_maintenance(at),
        starts_at=organisation.maintenance_from,
        ends_at=organisation.maintenance_until,
        about_works=organisation.maintenance_notice,
        message=organisation.sign_in_notice,
    )
