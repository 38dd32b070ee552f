"""Persons as pages show them: shape, name, age, place in the household, as far as the rules let one see."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xpassfam.household import policy
from xpassfam.people.access import ActingAccess
from xpassfam.people.models import Person, Residence
from xpassfam.rules.ages import age_on, is_adult_on, months_on
from xpassfam.rules.field_policy import Mode, audience_of
from xpassfam.rules.phones import readable_phone
from xpassfam.rules.visibility import COUPLE_ROLES, Item, visible_items


@dataclass(frozen=True)
class Portrait:
    """A person as the viewer may see them: what `items` does not name is empty."""

    person_id: int
    items: frozenset[Item]
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
    is_of_couple: bool
    is_small: bool
    is_shared: bool
    has_account: bool
    contacts: tuple[str, ...] = ()  # of others: one's own are on the profile

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


def residents(access: ActingAccess, living: Iterable[Residence] | None = None) -> list[Portrait]:
    """Who lives in the home acted for, in the family's order. One query, unless `stays` were asked already."""
    chosen, audience = policy.current(), audience_of(access.role)
    hidden = {code for code in ("birth_date", "child_birth_date") if chosen.rule(code, audience).mode is Mode.HIDDEN}
    return [_portrait(stay, access, hidden) for stay in living or stays(access)]


def stays(access: ActingAccess) -> list[Residence]:
    """The residences of the home acted for, with their persons. One query."""
    visible = Residence.objects.visible_to(access).select_related("person__account")
    return list(visible.order_by("rank", "pk"))


def is_of_couple(access: ActingAccess, residents: Iterable[Portrait]) -> bool:
    """Whether the viewer lives there with a partner."""
    others = [one for one in residents if one.is_of_couple and not one.is_self]
    return access.role in COUPLE_ROLES and bool(others)


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


def _portrait(stay: Residence, access: ActingAccess, hidden: Collection[str]) -> Portrait:
    person, items = stay.person, visible_items(access, stay.subject)
    is_child = stay.role == Residence.Role.DEPENDENT_CHILD
    account = getattr(person, "account", None)
    is_self = person.pk == access.person_id
    # The organisation's choice is about oneself and about minors; of other adults the rules of visibility decide.
    tells_age = ("birth_date" if is_self else "child_birth_date" if is_child else "") not in hidden
    return Portrait(
        person_id=person.pk,
        items=items,
        public_id=person.public_id,
        name=str(person),
        first_name=person.first_name,
        mark=person.mark,
        initial=person.initial,
        born=person.birth_date if tells_age and Item.BIRTH_DATE in items else None,
        age=age_in_words(person, on=access.on) if tells_age and Item.AGE in items else "",
        role=str(Residence.Role(stay.role).label),
        is_self=is_self,
        is_child=is_child,
        is_of_couple=stay.role in COUPLE_ROLES,
        is_small=is_child and not is_adult_on(access.on, born=person.birth_date),
        is_shared=stay.is_shared,
        has_account=account is not None and account.closed_at is None,
        contacts=contacts_of(person) if Item.CONTACTS in items and not is_self else (),
    )


def contacts_of(person: Person) -> tuple[str, ...]:
    """Phone and e-mail that the register holds, for whoever may read them."""
    return tuple(filter(None, [readable_phone(person.phone) if person.phone else "", person.email]))
