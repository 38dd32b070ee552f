"""A certificate as its page shows it."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.certificates import sheets
from xpassfam.certificates.models import Certificate
from xpassfam.pdf import codes
from xpassfam.rules.certificates import written_code
from xpassfam.ui import words


@dataclass(frozen=True)
class Picture:
    """A square code, drawn by the page itself: a path in a square of `size` units."""

    size: int
    path: str


@dataclass(frozen=True)
class Page:
    certificate: Certificate

    @property
    def code(self) -> str:
        return written_code(self.certificate.paper.code)

    @property
    def link(self) -> str:
        """Where whoever holds it verifies it."""
        return str(self.certificate.sheet["check"]["link"])

    @property
    def picture(self) -> Picture:
        return Picture(*codes.outline(self.link))

    @property
    def sections(self) -> list[sheets.Section]:
        return sheets.sections(self.certificate.said, on=timezone.localdate(self.certificate.issued_at))

    @property
    def persons(self) -> list[dict[str, str]]:
        return sheets.first_names(self.certificate.said)

    @property
    def until(self) -> str:
        until = self.certificate.paper.valid_until
        return words.full_day(until) if until else _("sans date de fin")
