"""What the demo's families live on and do: with that, each has the rights that it is known for."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xpassfam.accounts.models import Account
from xpassfam.entitlements import shipped
from xpassfam.entitlements.actions import publish_right, publish_vocabulary
from xpassfam.entitlements.actions.proposing import propose_right
from xpassfam.entitlements.models import Version
from xpassfam.journal.actions import Actor
from xpassfam.people.actions.recording_activity import record_activity
from xpassfam.people.actions.recording_income import record
from xpassfam.people.models import Household, Income, Residence
from xpassfam.rules.income import parts, quotient_cents
from xpassfam.rules.visibility import COUPLE_ROLES

MONTH = date(2026, 9, 1)
RAISED = (
    ("since: 2025-09-01", "since: 2027-06-01"),
    ("at_least: 6, at_most: 18, on: 12-31", "at_least: 6, at_most: 17, on: 12-31"),
    ("T3: 80}", "T3: 90}"),
)
SINCE = date(2024, 9, 1)


@dataclass(frozen=True)
class Living:
    """A home's resources of a year and benefits of a month, in euros, or the quotient of a statement."""

    file_number: str
    resources: int = 0
    benefits: int = 0
    children: int = 0
    disabled: int = 0
    quotient: int = 0
    activity: str = "employed"

    @property
    def quotient_cents(self) -> int:
        shares = parts(self.children, disabled_children=self.disabled)
        return self.quotient * 100 or quotient_cents(self.resources * 100, self.benefits * 100, shares)

    @property
    def source(self) -> str:
        return Income.Source.CAF if self.quotient else Income.Source.RESOURCES


HOMES = (
    Living("SFE-85473", 33_600, 151, children=2),
    Living("SFE-95552", 54_000, 344, children=3),
    Living("SFE-63719", 19_200, 202, children=1),
    Living("SFE-93773", 42_000, 151, children=2, disabled=1),
    Living("SFE-63364", 27_600, activity="retired"),
    Living("SFE-67114", quotient=1556),
    Living("SFE-69835", quotient=760),
    Living("SFE-93732", quotient=890),
)


def load(*, by: Actor, at: datetime) -> None:
    if not Version.objects.exists():
        publish_vocabulary(shipped.VOCABULARY.read_text(encoding="utf-8"), by=by, at=at)
        for path in shipped.rights():
            publish_right(path.read_text(encoding="utf-8"), by=by, at=at)
        _propose(at=at)
    if not Income.objects.exists():
        for living in HOMES:
            _live(living, by=by, at=at)


def _propose(*, at: datetime) -> None:
    """A version that waits to be read over: higher amounts from next June, whose cases are not changed yet."""
    author = Account.objects.filter(role=Account.Role.ADMINISTRATOR).order_by("pk").first()
    if author is None:
        return
    text = Version.objects.get(code="R02").source
    for old, new in RAISED:
        text = text.replace(old, new)
    propose_right(text, reason=_("Conseil d’administration du 3 novembre"), by=author.actor, at=at)


@transaction.atomic
def _live(living: Living, *, by: Actor, at: datetime) -> None:
    home = Household.objects.filter(file_number=living.file_number).first()
    if home is None:
        return
    record(home, quotient_cents=living.quotient_cents, month=MONTH, source=living.source, cause="", by=by, at=at)
    for stay in Residence.objects.filter(household=home, role__in=COUPLE_ROLES).select_related("person"):
        record_activity(stay.person, kind=living.activity, since=SINCE, by=by, at=at)
