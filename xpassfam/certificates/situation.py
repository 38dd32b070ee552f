"""What is known today of a home, as far as whoever asks may read it: what certificates are made of.

A certificate says nothing that its holder may not read: all comes through `visible_to` and `visible_items`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from xpassfam.entitlements.coming import Event
from xpassfam.entitlements.kept import Kept, load_answers, load_events
from xpassfam.entitlements.language import INCOME_MONTHS
from xpassfam.entitlements.models import Evaluation
from xpassfam.entitlements.published import NoRules, book, digest_of
from xpassfam.payments.models import PaymentOrder
from xpassfam.people.access import ActingAccess
from xpassfam.people.models import Household, Income, Person, Residence
from xpassfam.rules.income import good_until
from xpassfam.rules.visibility import Item, Subject, may_see_address, visible_items


@dataclass(frozen=True)
class Resident:
    """Somebody of the home, with what the asker reads of them."""

    person: Person
    role: str
    is_shared: bool
    items: frozenset[Item]

    @property
    def born(self) -> date | None:
        return self.person.birth_date if Item.BIRTH_DATE in self.items else None


@dataclass(frozen=True)
class Rights:
    """What the home has the right to, and what comes, as last counted."""

    answers: Sequence[Kept]
    coming: Sequence[Event]


@dataclass(frozen=True)
class Situation:
    """`limits`: of the brackets, empty where no rule is published; `income_months`: how long an income tells them;
    `rights` is None while they are counted anew."""

    access: ActingAccess
    asker: Person
    household: Household
    residents: Sequence[Resident]
    income: Income | None
    paid: Sequence[PaymentOrder]
    limits: Sequence[int]
    income_months: int
    rights: "Rights | None"

    @property
    def income_until(self) -> date | None:
        return good_until(self.income.month, months=self.income_months) if self.income else None

    @property
    def shows_address(self) -> bool:
        return may_see_address(self.access)


def read(access: ActingAccess) -> Situation:
    """Seven queries, whatever the family."""
    stays = Residence.objects.visible_to(access).select_related("person").order_by("rank", "pk")
    household, rules = Household.objects.visible_to(access).get(), book()
    try:
        vocabulary = rules.on(access.on).vocabulary
        limits, income_months = vocabulary.limits, vocabulary.income_months
    except NoRules:
        limits, income_months = (), INCOME_MONTHS
    return Situation(
        access=access,
        asker=Person.objects.visible_to(access).get(pk=access.person_id),
        household=household,
        residents=[one for one in (_resident(stay, access) for stay in stays) if Item.NAME in one.items],
        income=Income.objects.visible_to(access).first(),
        paid=_paid(access),
        limits=limits,
        income_months=income_months,
        rights=_rights(access, household, digest_of(rules)),
    )


def _rights(access: ActingAccess, household: Household, rules: str) -> Rights | None:
    """Nothing is certified of facts or rules that have changed since."""
    counted = Evaluation.objects.visible_to(access).counted(rules=rules, on=access.on).first()
    if counted is None or counted.facts_version != household.facts_version:
        return None
    return Rights(load_answers(counted.answers), load_events(counted.coming))


def _paid(access: ActingAccess) -> list[PaymentOrder]:
    orders = PaymentOrder.objects.visible_to(access).filter(status=PaymentOrder.Status.PAID)
    return list(orders.order_by("paid_on", "pk"))


def _resident(stay: Residence, access: ActingAccess) -> Resident:
    person = stay.person
    subject = Subject(person.pk, role=stay.role, born=person.birth_date, is_shared=stay.is_shared)
    return Resident(person, stay.role, stay.is_shared, visible_items(access, subject))
