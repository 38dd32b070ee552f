"""What an effect works from, and how it says that it can't be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.filings.granting import Grant
from xpassfam.filings.models import Filing
from xpassfam.journal.actions import Actor
from xpassfam.people.access import ActingAccess
from xpassfam.people.models import Household, Separation


class CannotTakeEffect(Exception):
    """Why, in words for whoever decides."""


@dataclass(frozen=True)
class Cause:
    """What an effect works from: its own names for the answers, what was granted, and who made it happen.

    `access` is that of whoever files, for what takes effect when it is sent.
    """

    filing: Filing
    answers: Mapping[str, Any]
    by: Actor
    at: datetime
    access: ActingAccess | None = None
    grants: Sequence[Grant] = ()

    @property
    def home(self) -> Household:
        return self.filing.household

    @property
    def today(self) -> date:
        return timezone.localdate(self.at)

    def day(self, name: str) -> date | None:
        return date.fromisoformat(self.answers[name]) if self.answers.get(name) else None


def refuse_while_parting(cause: Cause) -> None:
    """What was the couple's is not one of them's to change for both."""
    if Separation.objects.open().filter(household=cause.home).exists():
        raise CannotTakeEffect(_("Une séparation est déclarée dans ce foyer : il faut d’abord la traiter."))
