"""What waits for somebody about their data, found in one query: the dashboard counts them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from xpassfam.household import policy
from xpassfam.household.fields import ADDRESS, FIELDS, Field, fields_of, is_known
from xpassfam.household.models import Change, Confirmation
from xpassfam.household.models.change import minor_at_home
from xpassfam.household.standing import mode_of
from xpassfam.people.access import ActingAccess
from xpassfam.people.actions import correcting
from xpassfam.people.models import Household, Person, Residence
from xpassfam.rules.confirmations import is_due, may_confirm_home
from xpassfam.rules.field_policy import Whose, audience_of

CHILD_BIRTH_DATE = FIELDS["child_birth_date"]


@dataclass(frozen=True)
class Waiting:
    """`missing`: what is required, empty, not asked yet, and theirs to give, each with where to give it."""

    has_answer: bool
    missing: list[tuple[Field, str]]
    is_to_confirm: bool


def what_waits(access: ActingAccess, person: Person) -> Waiting:
    empty = [field for field in fields_of(Whose.SELF) if not is_known(field, correcting.texts_of(person, field.name))]
    found = _found(access, empty)
    return Waiting(
        has_answer=found["has_answer"],
        missing=list(_missing(access, empty, found)),
        is_to_confirm=_is_to_confirm(access, found),
    )


def _found(access: ActingAccess, empty: list[Field]) -> Mapping[str, Any]:
    """The one query: the home, and what the viewer asked and confirmed there."""
    stays = Residence.objects.visible_to(access).filter(person=access.person_id)
    of_home = Confirmation.objects.filter(household=OuterRef("pk")).order_by("-at")
    own = Confirmation.objects.filter(person=access.person_id).order_by("-at")
    pending = Change.objects.visible_to(access).pending()
    asked = pending.filter(person=OuterRef("pk"), field=CHILD_BIRTH_DATE.code)
    undated = Person.objects.filter(minor_at_home(access), ~Exists(asked), birth_date=None).order_by("pk")
    found = Household.objects.visible_to(access).annotate(
        role=Subquery(stays.values("role")[:1]),
        home_confirmed_at=Subquery(of_home.values("at")[:1]),
        own_confirmed_at=Subquery(own.values("at")[:1]),
        has_answer=Exists(Change.objects.visible_to(access).unread_by(access)),
        undated_child=Subquery(undated.values("public_id")[:1]),
        **{_asked(ADDRESS): Exists(pending.filter(person=None))},
        **{_asked(field): Exists(pending.filter(person=access.person_id, field=field.code)) for field in empty},
    )
    return found.values().get()


def _missing(access: ActingAccess, empty: list[Field], found: Mapping[str, Any]) -> "list[tuple[Field, str]]":
    chosen, audience = policy.current(), audience_of(found["role"] or "")

    def is_theirs(field: Field) -> bool:
        is_open = mode_of(field, chosen, audience, access).is_open
        return is_open and chosen.rule(field.code, audience).is_required

    missing = [
        (field, reverse("household:change-own", args=[field.slug]))
        for field in empty
        if is_theirs(field) and not found[_asked(field)]
    ]
    address = {column: found[column] for column in correcting.ADDRESS}
    if is_theirs(ADDRESS) and not is_known(ADDRESS, address) and not found[_asked(ADDRESS)]:
        missing.append((ADDRESS, reverse("household:change-address")))
    if is_theirs(CHILD_BIRTH_DATE) and (child := found["undated_child"]):
        missing.append((CHILD_BIRTH_DATE, reverse("household:change-child", args=[child, CHILD_BIRTH_DATE.slug])))
    return missing


def _is_to_confirm(access: ActingAccess, found: Mapping[str, Any]) -> bool:
    """Each adult confirms their own data; whoever may confirm the home's does so too."""
    dates: list[datetime | None] = [found["own_confirmed_at"]]
    if may_confirm_home(access):
        dates.append(found["home_confirmed_at"])
    months = policy.current().months
    return any(is_due(timezone.localdate(at) if at else None, months=months, on=access.on) for at in dates)


def _asked(field: Field) -> str:
    return f"asked_{field.code}"
