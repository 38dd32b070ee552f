"""The other home of a child who lives in two: which it is, before anybody says yes and when it is written."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from xpassfam.filings import asking
from xpassfam.filings.models import Filing
from xpassfam.people import finding
from xpassfam.people.models import Household, Person, Residence
from xpassfam.rules.visibility import COUPLE_ROLES

EFFECT = "share_residence"


@dataclass(frozen=True)
class OtherHome:
    """`homes` where the child lives already; else where the number that was given leads: one, or it is no answer."""

    child: Person
    homes: tuple[Household, ...]
    parent: Person | None = None
    number: str = ""
    is_known: bool = False

    @property
    def is_new(self) -> bool:
        """Somebody will learn of a child who was not shown to them before."""
        return not self.is_known and len(self.homes) == 1

    @property
    def is_unclear(self) -> bool:
        return not self.is_known and bool(self.number) and len(self.homes) != 1


def found(filing: Filing, *, on: date) -> list[OtherHome]:
    """None where nothing of the kind is asked, or the child lives here no more."""
    wanted = [answers for name, answers in asking.effects_of(filing) if name == EFFECT]
    stays = Residence.objects.open_on(on).filter(household=filing.household_id).select_related("person")
    children = [
        (stay.person, str(answers.get("other_parent") or ""))
        for answers in wanted
        for stay in stays.filter(person__public_id=answers.get("child"))
    ]
    return [of(child, number, besides=filing.household_id, on=on) for child, number in children]


def of(child: Person, number: str, *, besides: int, on: date) -> OtherHome:
    stays = Residence.objects.open_on(on).exclude(household=besides)
    known = _homes(stays.filter(person=child).values("household"))
    if known or not number:
        return OtherHome(child, known, number=number, is_known=bool(known))
    parent = finding.by_member_number(number, on=on)
    led = _homes(stays.filter(person=parent, role__in=COUPLE_ROLES).values("household")) if parent else ()
    return OtherHome(child, led, parent, number)


def _homes(pks: Any) -> tuple[Household, ...]:
    return tuple(Household.objects.filter(pk__in=pks).order_by("pk"))
