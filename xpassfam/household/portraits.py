"""Persons as pages show them: shape, name, age, place in the household, and who acts for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xpassfam.household import policy
from xpassfam.people.access import ActingAccess
from xpassfam.people.models import Access, Person, Residence
from xpassfam.rules.ages import age_on, is_adult_on, months_on
from xpassfam.rules.field_policy import Mode, audience_of


@dataclass(frozen=True)
class Portrait:
    person_id: int
    public_id: str
    name: str
    first_name: str
    mark: int
    initial: str
    born: date | None
    age: str
    role: str
    is_self: bool
    is_child: bool
    is_small: bool
    is_shared: bool
    has_account: bool

    @property
    def details(self) -> str:
        """« Vous, titulaire », « Enfant, 9 ans »."""
        if self.is_self:
            return _("Vous, {role}").format(role=self.role.lower())
        return ", ".join(filter(None, [self.role, self.age]))

    @property
    def caption(self) -> str:
        """What stands under the name in a short list: « Vous », « 9 ans », « A son accès »."""
        if self.is_self:
            return _("Vous")
        if self.has_account:
            return _("A son accès")
        return self.age if self.is_child and self.age else self.role


@dataclass(frozen=True)
class Reader:
    """Somebody who may open the household's file."""

    name: str
    mark: int
    initial: str
    is_self: bool
    lives_there: bool
    may_change: bool

    @property
    def caption(self) -> str:
        if self.is_self:
            return _("Vous")
        return _("Vit au foyer") if self.lives_there else _("Agit pour le foyer, sans y vivre")

    @property
    def sees(self) -> str:
        if self.is_self and self.may_change:
            return _("Vous voyez tout le dossier et pouvez agir pour le foyer.")
        if self.is_self:
            return _("Vous voyez le dossier, sans pouvoir le changer.")
        if self.may_change:
            return _("Voit tout le dossier et peut agir pour le foyer.")
        return _("Voit le dossier, sans pouvoir le changer.")


def residents(access: ActingAccess) -> list[Portrait]:
    """Who lives in the home acted for, in the family's order. One query."""
    stays = list(Residence.objects.visible_to(access).select_related("person__account").order_by("rank", "pk"))
    role = next((stay.role for stay in stays if stay.person_id == access.person_id), "")
    rule = policy.current().rule("child_birth_date", audience_of(role))
    return [_portrait(stay, access, tells_child_age=rule.mode is not Mode.HIDDEN) for stay in stays]


def readers(access: ActingAccess, living: Iterable[Portrait]) -> list[Reader]:
    """Who may act for the home acted for, oneself first. One query."""
    at_home = {portrait.person_id for portrait in living}
    accesses = Access.objects.visible_to(access).select_related("person").order_by("since", "pk")
    found = [
        Reader(
            name=str(one.person),
            mark=one.person.mark,
            initial=one.person.initial,
            is_self=one.person_id == access.person_id,
            lives_there=one.person_id in at_home,
            may_change=one.permission == Access.Permission.ALL,
        )
        for one in accesses
    ]
    return sorted(found, key=lambda reader: not reader.is_self)


def age_in_words(person: Person, *, on: date) -> str:
    """« 9 ans », « 18 mois »; nothing where the birth date is unknown."""
    if person.birth_date is None:
        return ""
    years, months = age_on(on, born=person.birth_date), months_on(on, born=person.birth_date)
    if years >= 2:
        return ngettext("{n} an", "{n} ans", years).format(n=years)
    if months:
        return ngettext("{n} mois", "{n} mois", months).format(n=months)
    return _("Moins d’un mois")


def _portrait(stay: Residence, access: ActingAccess, *, tells_child_age: bool) -> Portrait:
    person = stay.person
    is_child = stay.role == Residence.Role.DEPENDENT_CHILD
    account = getattr(person, "account", None)
    tells_age = tells_child_age or not is_child
    return Portrait(
        person_id=person.pk,
        public_id=person.public_id,
        name=str(person),
        first_name=person.first_name,
        mark=person.mark,
        initial=person.initial,
        born=person.birth_date if tells_age else None,
        age=age_in_words(person, on=access.on) if tells_age else "",
        role=str(Residence.Role(stay.role).label),
        is_self=person.pk == access.person_id,
        is_child=is_child,
        is_small=is_child and not is_adult_on(access.on, born=person.birth_date),
        is_shared=stay.is_shared,
        has_account=account is not None and account.closed_at is None,
    )
