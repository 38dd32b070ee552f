"""What is known of a family when it files: read once, as its own access lets it be seen."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from xpassfam.entitlements.reading import bracket_known
from xpassfam.household.portraits import age_in_words
from xpassfam.organisation.models import current as current_organisation
from xpassfam.people.access import ActingAccess
from xpassfam.people.models import Household, Person, Residence
from xpassfam.procedures.language import Definition
from xpassfam.rules.criteria import Situation, Someone
from xpassfam.rules.criteria.atoms import ACTS
from xpassfam.rules.identifiers import has_member_check, normalise_email
from xpassfam.rules.visibility import Item, may_see_address, may_see_payments, visible_items


@dataclass(frozen=True)
class Resident:
    """Somebody of the home. `born` is for conditions alone: an age may be known where a birth date is not shown."""

    public_id: str
    name: str
    role: str
    born: date | None = None
    age: str = ""
    is_me: bool = False

    @property
    def label(self) -> str:
        """« Inès Benali, 9 ans »."""
        return f"{self.name}, {self.age}" if self.age else self.name


@dataclass(frozen=True)
class Entitled:
    """What the rules say today of somebody's entitlement; `why`, in words, where they do not say yes."""

    is_yes: bool
    why: str = ""


@dataclass(frozen=True)
class Facts:
    """`known`: what fields may be filled in with, by the name of its source (`prefill`). `rights`: by the code of the
    entitlement, then by person.

    `emails`: where who files is written to. `checks_numbers`: member numbers end with the letter of their digits here,
    for all that this person's own says.
    """

    today: date
    me: Resident
    residents: tuple[Resident, ...] = ()
    bracket: str = ""
    profile: str = ""
    acts: frozenset[str] = frozenset()
    is_frozen: bool = False
    checks_numbers: bool = True
    emails: frozenset[str] = frozenset()
    known: Mapping[str, Any] = field(default_factory=dict)
    rights: Mapping[str, Mapping[str, Entitled]] = field(default_factory=dict)

    def situation(self, answers: Mapping[str, Any], *, each: Resident | None = None) -> Situation:
        return Situation(
            today=self.today,
            me=_someone(self.me),
            persons={one.public_id: _someone(one) for one in self.residents},
            bracket=self.bracket,
            profile=self.profile,
            acts=self.acts,
            is_frozen=self.is_frozen,
            answers=answers,
            each=_someone(each) if each else None,
        )

    def resident(self, public_id: str) -> Resident | None:
        return next((one for one in self.residents if one.public_id == public_id), None)

    def knowing(self, **known: Any) -> "Facts":
        """The same, with what a room above knows besides: `knowing(**{"contested.reference": …})`."""
        return replace(self, known={**self.known, **known})

    def telling(self, rights: Mapping[str, Mapping[str, Entitled]]) -> "Facts":
        """The same, with what the rules say of the rights that questions tell of."""
        return replace(self, rights=rights)

    def entitled(self, right: str, person: str) -> Entitled | None:
        """None where the rules say nothing of it."""
        return self.rights.get(right, {}).get(person)


def facts_of(access: ActingAccess, definition: Definition | None = None) -> Facts:
    """What one definition looks at, or any. Three queries, whatever the family, and two for its bracket of income."""
    needs_bracket = definition is None or definition.reads_bracket
    stays = list(Residence.objects.visible_to(access).select_related("person__account").order_by("rank", "pk"))
    residents = tuple(_resident(stay, access) for stay in stays)
    person = next((stay.person for stay in stays if stay.person_id == access.person_id), None)
    person = person or Person.objects.visible_to(access).select_related("account").get(pk=access.person_id)
    me = next((one for one in residents if one.is_me), None)
    home = Household.objects.visible_to(access).get() if may_see_address(access) else None
    return Facts(
        today=access.on,
        me=me or Resident(person.public_id, str(person), "", born=person.birth_date, is_me=True),
        residents=residents,
        bracket=bracket_known(access.household_id, access.on) if needs_bracket and _may_know_income(access) else "",
        profile=current_organisation().legal_profile,
        acts=frozenset(act for act in ACTS if access.may(act)),
        is_frozen=access.is_frozen,
        checks_numbers=not person.member_number or has_member_check(person.member_number),
        emails=own_emails(person),
        known=_known(person, home),
    )


def own_emails(person: Person) -> frozenset[str]:
    """Their account's, and the one that the register holds. A query, unless the account was read with them."""
    account = getattr(person, "account", None)
    given = (person.email, account.email if account else "")
    return frozenset(normalise_email(one) for one in given if one)


def _may_know_income(access: ActingAccess) -> bool:
    """A condition tells what it looked at."""
    return may_see_payments(access, access.household_id)


def _resident(stay: Residence, access: ActingAccess) -> Resident:
    items = visible_items(access, stay.subject)
    tells_age = Item.AGE in items
    return Resident(
        public_id=stay.person.public_id,
        name=str(stay.person),
        role=stay.role,
        born=stay.person.birth_date if tells_age else None,
        age=age_in_words(stay.person, on=access.on) if tells_age else "",
        is_me=stay.person_id == access.person_id,
    )


def _known(person: Person, home: Household | None) -> dict[str, Any]:
    known: dict[str, Any] = {
        "me.last_name": person.last_name,
        "me.first_names": person.first_names,
        "me.name": str(person),
        "me.email": person.email,
        "me.phone": person.phone,
        "me.birth_date": person.birth_date.isoformat() if person.birth_date else "",
    }
    if home and home.address:
        columns = ("address", "postcode", "town", "country")
        known["home.address"] = {column: getattr(home, column) for column in columns}
    return {source: value for source, value in known.items() if value}


def _someone(one: Resident) -> Someone:
    return Someone(one.role, one.born)
