"""Who somebody is in the home acted for, and what that lets them see and change there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from xpassfam.household import policy, portraits
from xpassfam.household.fields import Field, fields_of, is_known, on_one_line, readable
from xpassfam.household.models import Change
from xpassfam.people.access import ActingAccess
from xpassfam.people.actions.correcting import texts_of
from xpassfam.people.models import Household, Person, Residence
from xpassfam.rules.ages import is_adult_on
from xpassfam.rules.field_policy import Audience, Mode, Rule, Whose, audience_of, comes_to
from xpassfam.rules.visibility import EVERYTHING, Item, may_see_address, visible_items


@dataclass(frozen=True)
class Subject:
    """Whose data: oneself, a minor of the home, the home. `is_shared`: a child who lives in two homes.

    `items` is what the rules let the viewer see of it.
    """

    whose: Whose
    row: Person | Household
    is_shared: bool = False
    items: frozenset[Item] = EVERYTHING

    @property
    def person(self) -> Person | None:
        return self.row if isinstance(self.row, Person) else None

    @property
    def url(self) -> str:
        """Where it is read."""
        if self.whose is Whose.CHILD:
            return reverse("household:child", args=[self.row.public_id])
        return reverse("household:profile" if self.whose is Whose.SELF else "household:home")

    def change_url(self, field: Field) -> str:
        if self.whose is Whose.CHILD:
            return reverse("household:change-child", args=[self.row.public_id, field.slug])
        if self.whose is Whose.HOME:
            return reverse("household:change-address")
        return reverse("household:change-own", args=[field.slug])


@dataclass(frozen=True)
class Line:
    """A field as a summary shows it."""

    field: Field
    value: str
    is_missing: bool
    may_change: bool
    may_withdraw: bool
    change_url: str
    pending: Change | None
    pending_value: str


@dataclass(frozen=True)
class Standing:
    """`stays` are those of the home, in the family's order."""

    access: ActingAccess
    stays: Sequence[Residence]
    policy: policy.Policy

    @property
    def minors(self) -> list[Subject]:
        return [
            Subject(
                Whose.CHILD,
                stay.person,
                is_shared=stay.is_shared,
                items=visible_items(self.access, stay.subject),
            )
            for stay in self.stays
            if is_minor(stay, self.access)
        ]

    def minor(self, public_id: str) -> Subject | None:
        return next((subject for subject in self.minors if subject.row.public_id == public_id), None)

    def mode(self, subject: Subject, field: Field) -> Mode:
        if field.item not in subject.items or (subject.whose is Whose.HOME and not may_see_address(self.access)):
            return Mode.HIDDEN
        return mode_of(field, self.policy, self.access, is_shared=subject.is_shared)

    def is_required(self, field: Field) -> bool:
        return rule_of(field, self.policy, self.access).is_required

    def lines(self, subject: Subject, changes: Iterable[Change] = ()) -> list[Line]:
        """What the viewer may read of a subject, with what waits."""
        pending = {(change.person_id, change.field): change for change in changes}
        person_id = subject.person.pk if subject.person else None
        found = []
        for field in fields_of(subject.whose):
            mode, values = self.mode(subject, field), texts_of(subject.row, field.name)
            if mode is Mode.HIDDEN:
                continue
            change = pending.get((person_id, field.code))
            found.append(
                Line(
                    field=field,
                    value=readable(field, values),
                    is_missing=self.is_required(field) and not is_known(field, values),
                    may_change=mode.is_open and change is None,
                    may_withdraw=mode.is_open and change is not None,
                    change_url=subject.change_url(field),
                    pending=change,
                    pending_value=on_one_line(field, change.after) if change and any(change.after.values()) else "",
                )
            )
        return found

    def missing(self, subject: Subject) -> list[Line]:
        """What is required, empty, not on its way, and can be given here."""
        return [line for line in self.lines(subject) if line.is_missing and line.may_change]


def rule_of(field: Field, chosen: policy.Policy, access: ActingAccess) -> Rule:
    return chosen.rule(field.code, _audience(field, access))


def mode_of(field: Field, chosen: policy.Policy, access: ActingAccess, *, is_shared: bool = False) -> Mode:
    may_change = access.may_change_own(field.item) if field.whose is Whose.SELF else access.may_change
    rule, audience = rule_of(field, chosen, access), _audience(field, access)
    return comes_to(rule, field.fact, audience=audience, may_change=may_change, is_shared=is_shared)


def _audience(field: Field, access: ActingAccess) -> Audience:
    """One's own data follow the place where one lives, not the file that one opened."""
    return audience_of(access.at_home.role if field.whose is Whose.SELF else access.role)


def is_minor(stay: Residence, access: ActingAccess) -> bool:
    is_child = stay.role == Residence.Role.DEPENDENT_CHILD and stay.person_id != access.person_id
    return is_child and not is_adult_on(access.on, born=stay.person.birth_date)


def standing_of(access: ActingAccess, chosen: policy.Policy | None = None) -> Standing:
    """One query. `chosen`: the policy as it is now, for whoever writes."""
    stays = portraits.stays(access)
    return Standing(access, stays, chosen or policy.current())
