"""What waits for somebody about their data, found in two queries: the dashboard counts them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from xpassfam.household import policy
from xpassfam.household.fields import ADDRESS, FIELDS, Field, fields_of, is_known
from xpassfam.household.models import Change, Confirmation
from xpassfam.household.standing import mode_of, rule_of
from xpassfam.people.access import ActingAccess
from xpassfam.people.actions import correcting
from xpassfam.people.models import Household, Person, Residence
from xpassfam.people.prepared import PreparedForViewer
from xpassfam.rules.ages import last_birth_of_adults
from xpassfam.rules.confirmations import is_due, may_confirm_home
from xpassfam.rules.field_policy import Whose
from xpassfam.rules.visibility import Viewer

CHILD_BIRTH_DATE = FIELDS["child_birth_date"]
HOME = (*correcting.ADDRESS, "home_confirmed_at", "own_confirmed_at", "undated_child")
Asked = set[tuple[str | None, str]]  # whose (nobody's: the home's), and which field


@dataclass(frozen=True)
class Waiting:
    """`missing`: what is required, empty, not asked yet, and theirs to give, each with where to give it."""

    has_answer: bool
    missing: list[tuple[Field, str]]
    is_to_confirm: bool


def what_waits(access: ActingAccess, person: Person) -> Waiting:
    changes, asked, home = read(access)
    return Waiting(
        has_answer=len(asked) < len(changes),
        missing=list(_missing(access, person, home, asked)),
        is_to_confirm=_is_to_confirm(access, home),
    )


def read(access: ActingAccess) -> tuple[list[tuple[Any, ...]], Asked, Mapping[str, Any]]:
    """What waits for an agent and the answers not put away, with whose field; what of it is asked; the home."""
    changes = _CHANGES.rows(access)
    asked = {(whose, field) for whose, field, status in changes if status == Change.Status.PENDING}
    return changes, asked, _home(access, asked)


def _home(access: ActingAccess, asked: Asked) -> Mapping[str, Any]:
    """The home, when it and the viewer's own data were confirmed, and a child whose birth date nobody gave."""
    given = [whose for whose, field in asked if field == CHILD_BIRTH_DATE.code]
    [row] = _homes(access, given) if given else _HOME.rows(access)
    return dict(zip(HOME, row, strict=True))


def _homes(access: Viewer, given: Sequence[str | None] = ()) -> "QuerySet[Household, Any]":
    of_home = Confirmation.objects.filter(household=OuterRef("pk")).order_by("-at")
    own = Confirmation.objects.filter(person=access.person_id).order_by("-at")
    children = Residence.objects.visible_to(access).filter(role=Residence.Role.DEPENDENT_CHILD)
    undated = children.filter(person__birth_date=None).exclude(person=access.person_id)
    undated = undated.exclude(person__public_id__in=given).order_by("pk")
    found = Household.objects.visible_to(access).annotate(
        home_confirmed_at=Subquery(of_home.values("at")[:1]),
        own_confirmed_at=Subquery(own.values("at")[:1]),
        undated_child=Subquery(undated.values("person__public_id")[:1]),
    )
    return found.values_list(*HOME)


_HOME = PreparedForViewer(_homes)


def _unread(access: Viewer) -> "QuerySet[Change, Any]":
    """Whose, which field, how it stands."""
    decided = Q(asked_by=access.person_id, status__in=Change.DECIDED, read_at=None)
    changes = Change.objects.visible_to(access).filter(Q(status=Change.Status.PENDING) | decided)
    return changes.values_list("person__public_id", "field", "status")


_CHANGES = PreparedForViewer(_unread, derived={"born": ("on", last_birth_of_adults)})


def _missing(
    access: ActingAccess, person: Person, home: Mapping[str, Any], asked: Asked
) -> Iterator[tuple[Field, str]]:
    chosen = policy.current()

    def is_theirs(field: Field) -> bool:
        return mode_of(field, chosen, access).is_open and rule_of(field, chosen, access).is_required

    for field in fields_of(Whose.SELF):
        is_empty = not is_known(field, correcting.texts_of(person, field.name))
        if is_empty and is_theirs(field) and (access.person, field.code) not in asked:
            yield field, reverse("household:change-own", args=[field.slug])
    address = {column: home[column] for column in correcting.ADDRESS}
    if is_theirs(ADDRESS) and not is_known(ADDRESS, address) and (None, ADDRESS.code) not in asked:
        yield ADDRESS, reverse("household:change-address")
    child = home["undated_child"]
    if child and is_theirs(CHILD_BIRTH_DATE):
        yield CHILD_BIRTH_DATE, reverse("household:change-child", args=[child, CHILD_BIRTH_DATE.slug])


def _is_to_confirm(access: ActingAccess, home: Mapping[str, Any]) -> bool:
    """Each adult confirms their own data; whoever may confirm the home's does so too."""
    dates: list[datetime | None] = [home["own_confirmed_at"]]
    if may_confirm_home(access):
        dates.append(home["home_confirmed_at"])
    months = policy.current().months
    return any(is_due(timezone.localdate(at) if at else None, months=months, on=access.on) for at in dates)
