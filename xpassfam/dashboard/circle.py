"""Who a family's history may name: the persons of the household, and their accounts."""

from dataclasses import dataclass

from xpassfam.people.access import ActingAccess
from xpassfam.people.models import Person
from xpassfam.rules.names import sorting_key


@dataclass(frozen=True)
class Relative:
    """`person` and `account` are public ids; who has no account did nothing in their own name."""

    person: str
    account: str
    name: str
    first_name: str
    is_self: bool


@dataclass(frozen=True)
class Circle:
    """Oneself first, then the others by name."""

    relatives: tuple[Relative, ...]

    @classmethod
    def of(cls, access: ActingAccess) -> "Circle":
        """Those whom `access` may see: one query."""
        persons = Person.objects.visible_to(access).select_related("account")
        relatives = [
            Relative(
                person=person.public_id,
                account=person.account.public_id if hasattr(person, "account") else "",
                name=str(person),
                first_name=person.first_name,
                is_self=person.pk == access.person_id,
            )
            for person in sorted(persons, key=lambda one: sorting_key(one.last_name, one.first_names))
        ]
        return cls(tuple(sorted(relatives, key=lambda one: not one.is_self)))

    @property
    def actors(self) -> tuple[Relative, ...]:
        """Those besides oneself who may have done something."""
        return tuple(one for one in self.relatives if one.account and not one.is_self)

    def concerned(self, public_id: str) -> Relative | None:
        return next((one for one in self.relatives if one.person == public_id), None)
